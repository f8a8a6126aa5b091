import { pino } from 'pino';
import type { StoreClient } from '../../../src/main/cache/store-client.ts';
import type { ApplyOutcome } from '../../../src/main/cache/apply-frame.ts';
import type { ImageTaker } from '../../../src/main/sync/image-taker.ts';
import { createLine } from '../../../src/main/sync/line.ts';
import { lineTimings } from '../../../src/main/sync/line-timings.ts';
import type { SessionKey } from '../../../src/main/sync/keys.ts';
import { createServerApi } from '../../../src/main/sync/server-api.ts';
import { createServerClock } from '../../../src/main/sync/server-clock.ts';
import type { TicketHeader } from '../../../src/protocol/ticket.ts';
import type { DeskDown } from '../../../src/protocol/socket/down.ts';
import { keyOf } from './branch-view.ts';

const log = pino({ level: 'silent' });

/** A desk's own line to the server, with the product's patience, on a cache that is a map: hundreds fit into one process. */
export interface LightDesk {
  /** Milliseconds that it chose to wait before its first try, each time that it lost the line. */
  firstWaits: number[];
  /** What was wrong with what it heard; none when every change came once, in order. */
  problems: string[];
  /** Resolves when it has been connected so often and has caught up. */
  ups: (times: number) => Promise<void>;
  /** Resolves when it has heard of this place in the branch's stream. */
  reaches: (seq: number) => Promise<void>;
  /** Tickets that wait or are held, as `branch-view.ts` says them. */
  open: () => string[];
  stop: () => Promise<void>;
}

/** @param random from 0 to below 1: what its waits are drawn from */
export function openLightDesk(serverUrl: URL, key: SessionKey, random: () => number): LightDesk {
  const clock = createServerClock(0);
  const api = createServerApi(serverUrl, { language: () => 'es', revoked: () => undefined, dated: clock.dated });
  const cursors = new Map<string, number>();
  const headers = new Map<string, TicketHeader>();
  const firstWaits: number[] = [];
  const problems: string[] = [];
  const watchers = new Set<() => void>();
  let upTimes = 0;
  let wasUp = false;

  const put = (bodies: Extract<DeskDown, { type: 'snapshot' }>['bodies']): void => {
    for (const body of bodies) if (body.type === 'ticket.put') headers.set(body.header.id, body.header);
  };
  const apply = (text: string): ApplyOutcome => {
    // The desks that are whole read it with care; here there are hundreds in one process.
    const frame = JSON.parse(text) as DeskDown;
    if (frame.type === 'snapshot') {
      if (frame.isFirst && frame.stream.startsWith('branch:')) headers.clear();
      put(frame.bodies);
      if (frame.isLast) cursors.set(frame.stream, frame.seq);
    }
    if (frame.type === 'changes') {
      const cursor = cursors.get(frame.stream) ?? 0;
      const [first] = frame.changes;
      if (first?.seq !== cursor + 1) problems.push(`${frame.stream}: ${first?.seq} came after ${cursor}`);
      put(frame.changes.map(({ body }) => body));
      cursors.set(frame.stream, frame.changes.at(-1)!.seq);
    }
    for (const watcher of watchers) watcher();
    return { status: 'applied', returned: [], transfers: [], broken: 0 };
  };
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!holds()) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
    });

  const store = {
    ask: (name: string, input: unknown): Promise<unknown> => {
      if (name === 'stream.apply') return Promise.resolve(apply(input as string));
      return Promise.resolve(name === 'stream.cursors' ? Object.fromEntries(cursors) : null);
    },
  } as unknown as StoreClient;
  // It wants rows.
  const images = { schema: () => undefined, caughtUp: () => undefined } as unknown as ImageTaker;
  const line = createLine(
    { serverUrl, api, store, images, clock, timings: lineTimings, random, device: () => key.device, log },
    {
      changed: ({ state, nextTryAt }) => {
        if (state === 'down' && wasUp && nextTryAt !== null) firstWaits.push(nextTryAt - clock.now());
        if (state !== 'connecting') wasUp = state === 'up';
      },
      room: () => undefined,
      transfers: () => undefined,
      applied: () => undefined,
      up: () => {
        upTimes += 1;
        for (const watcher of watchers) watcher();
      },
      ended: (cause) => problems.push(`its line ended: ${cause}`),
    },
  );
  line.start(key);

  return {
    firstWaits,
    problems,
    ups: (times) => until(() => upTimes >= times),
    reaches: (seq) => until(() => [...cursors].some(([stream, at]) => stream.startsWith('branch:') && at >= seq)),
    open: () =>
      [...headers.values()]
        .filter(({ state, holder }) => state === 'waiting' || holder !== null)
        .map(keyOf)
        .toSorted(),
    stop: async () => {
      line.stop();
      api.close();
    },
  };
}
