import type { Logger } from 'pino';
import { listen, type Listener } from './listen.ts';

const CONNECT_AGAIN_MS = 1_000;

interface Options {
  url: string;
  channel: string;
  log: Logger;
  heard: (payload: string) => void;
  /** Listens, from the first time on; what was told before was missed. */
  joined: () => void;
}

/** Hears a channel for as long as the process runs, whatever becomes of its connection. Stop it before the process ends. */
export function keepListening({ url, channel, log, heard, joined }: Options): {
  /** Lost while there is no connection. */
  tell: (payload: string) => void;
  stop: () => Promise<void>;
} {
  let isStopped = false;
  let listener: Listener | null = null;
  let retry: NodeJS.Timeout | null = null;

  const onLost = (error?: unknown): void => {
    listener = null;
    if (isStopped || retry) return;
    log.warn({ error, channel }, 'listening connection lost');
    retry = setTimeout(() => {
      retry = null;
      connecting = connect();
    }, CONNECT_AGAIN_MS);
  };

  const connect = async (): Promise<void> => {
    try {
      const opened = await listen(url, channel, { onPayload: heard, onLost });
      if (isStopped) return await opened.close();
      listener = opened;
      joined();
    } catch (error) {
      onLost(error);
    }
  };

  let connecting = connect();
  return {
    tell: (payload) => {
      listener?.notify(payload).catch((error: unknown) => log.warn({ error, channel }, 'hint not sent'));
    },
    stop: async () => {
      isStopped = true;
      if (retry) clearTimeout(retry);
      await connecting;
      await listener?.close();
    },
  };
}
