import type { Logger } from 'pino';
import type { DeskFacts } from '../cache/desk-facts.ts';
import type { StoreClient } from '../cache/store-client.ts';
import type { ServerClock } from '../sync/server-clock.ts';

interface ScreenOptions {
  store: StoreClient;
  clock: ServerClock;
  log: Logger;
  /** The facts that changed, in the order in which they did. */
  changed: (facts: Partial<DeskFacts>) => void;
}

/** A queue of this length is one that an outage left: each look applies all of it. */
const LONG_QUEUE = 50;
/** While such a queue is delivered a look is followed by a rest of so many times its length, up to the longest. */
const REST_FACTOR = 4;
/** Nobody sees that a screen is this much behind. Looks of up to 12 ms leave four fifths of the store's time, long ones less. */
const LONGEST_REST_MS = 50;

/** Asks the store what has changed on the screen: one question at a time, however many reasons there are to ask. */
export function createScreen({ store, clock, log, changed }: ScreenOptions) {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let isStopped = false;
  let isAwaited = false;
  let hasLongQueue = false;
  let restsUntil = 0;
  // What was asked for one agent is not shown to the next.
  let epoch = 0;

  const look = async (): Promise<void> => {
    const asked = epoch;
    const startedAt = performance.now();
    try {
      const facts = await store.ask('desk.changes', clock.now());
      if (facts.outbox) hasLongQueue = facts.outbox.pending.length >= LONG_QUEUE;
      if (!isStopped && asked === epoch) changed(facts);
    } catch (error) {
      if (!isStopped) log.error({ err: error }, 'the screen could not be read');
    } finally {
      const now = performance.now();
      restsUntil = hasLongQueue ? now + Math.min((now - startedAt) * REST_FACTOR, LONGEST_REST_MS) : now;
    }
  };

  const refresh = (): Promise<void> => {
    if (isStopped) return Promise.resolve();
    if (!running) {
      running = look().finally(() => {
        running = null;
      });
      return running;
    }
    next ??= running.then(() => {
      next = null;
      return refresh();
    });
    return next;
  };

  const rest = async (): Promise<void> => {
    await running;
    const milliseconds = restsUntil - performance.now();
    if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
  };

  return {
    /** Resolves once what is known now has been told. */
    refresh,
    /** The line has brought something: looks at once, or after a rest when it does so for each act of a long queue. */
    follow: (): void => {
      if (isAwaited) return;
      isAwaited = true;
      void rest().then(() => {
        isAwaited = false;
        return refresh();
      });
    },
    /** Another agent's screen from now on. */
    turnPage: (): void => {
      epoch += 1;
    },
    stop: (): void => {
      isStopped = true;
    },
  };
}

export type Screen = ReturnType<typeof createScreen>;
