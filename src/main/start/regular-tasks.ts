import type { Logger } from 'pino';
import type { StoreClient } from '../cache/store-client.ts';
import type { ServerClock } from '../sync/server-clock.ts';
import { every } from './every.ts';

interface Options {
  store: StoreClient;
  clock: ServerClock;
  isLineUp: () => boolean;
  /** Looks at what moves with the clock. */
  look: () => Promise<unknown>;
  /** Reads the files that were not read at the start. */
  check: () => Promise<void>;
  log: Logger;
}

const LOOK_EVERY_MS = 10_000;
const PRUNE_EVERY_MS = 3_600_000;
/** Whoever signs in still types their password then. */
const CHECK_AFTER_MS = 3_000;

/** What a desk does by itself for as long as it runs. Returns how to stop. */
export function startRegularTasks({ store, clock, isLineUp, look, check, log }: Options): () => void {
  const checkTimer = setTimeout(() => {
    check().catch((error: unknown) => log.error({ err: error }, 'the files could not be checked'));
  }, CHECK_AFTER_MS);
  const stopTimers = every(
    [
      { milliseconds: LOOK_EVERY_MS, act: look },
      {
        milliseconds: PRUNE_EVERY_MS,
        act: async () => {
          // A line that stays up for weeks says nothing but changes: the cache is as fresh as they are.
          if (isLineUp()) await store.ask('stream.caughtUp', clock.now());
          await store.ask('cache.prune', clock.now());
        },
      },
    ],
    (error) => log.error({ err: error }, 'a regular task failed'),
  );
  return () => {
    clearTimeout(checkTimer);
    stopTimers();
  };
}
