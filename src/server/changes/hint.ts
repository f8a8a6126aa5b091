import type { Logger } from 'pino';
import { z } from 'zod';
import { keepListening } from '../store/keep-listening.ts';
import type { ChangeHub } from './change-hub.ts';

const CHANNEL = 'ventanilla_changes';
/** One NOTIFY stands for all commits of this long: one per commit would serialise them all. */
const COALESCE_MS = 20;
/** A lost hint is covered within this time. */
const POLL_MS = 5_000;
const LONGEST_PAYLOAD = 7_000;

/** `streams` null: too many to name, look at all. */
const Hint = z.object({ from: z.string(), streams: z.array(z.string()).nullable() });

/** Tells the other server processes which streams grew, and hears them. Stop it before the pool closes. */
export function startHints(options: { url: string; hub: ChangeHub; log: Logger; processId: string }): {
  stop: () => Promise<void>;
} {
  const { url, hub, log, processId } = options;
  const grown = new Set<string>();
  let send: NodeJS.Timeout | null = null;

  const onPayload = (payload: string): void => {
    const hint = parse(payload);
    if (hint?.from === processId) return;
    if (hint?.streams) hub.lookAt(hint.streams);
    else hub.lookAtAll();
  };
  const wire = keepListening({ url, channel: CHANNEL, log, heard: onPayload, joined: () => hub.lookAtAll() });

  const notify = (): void => {
    send = null;
    const streams = [...grown];
    grown.clear();
    const full = JSON.stringify({ from: processId, streams });
    const isTooLong = Buffer.byteLength(full) > LONGEST_PAYLOAD;
    wire.tell(isTooLong ? JSON.stringify({ from: processId, streams: null }) : full);
  };

  let isStopped = false;
  hub.onAnnounce((streams) => {
    if (isStopped) return;
    for (const stream of streams) grown.add(stream);
    send ??= setTimeout(notify, COALESCE_MS);
  });

  const poll = setInterval(() => hub.lookAtAll(), POLL_MS);
  return {
    stop: async () => {
      isStopped = true;
      clearInterval(poll);
      if (send) clearTimeout(send);
      await wire.stop();
    },
  };
}

/** Null for what is not ours: then everything is looked at. */
function parse(payload: string): z.infer<typeof Hint> | null {
  try {
    return Hint.parse(JSON.parse(payload));
  } catch {
    return null;
  }
}
