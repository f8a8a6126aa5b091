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

/** Asks the store what has changed on the screen: one question at a time, however many reasons there are to ask. */
export function createScreen({ store, clock, log, changed }: ScreenOptions) {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let isStopped = false;
  // What was asked for one agent is not shown to the next.
  let epoch = 0;

  const look = async (): Promise<void> => {
    const asked = epoch;
    try {
      const facts = await store.ask('desk.changes', clock.now());
      if (!isStopped && asked === epoch) changed(facts);
    } catch (error) {
      if (!isStopped) log.error({ err: error }, 'the screen could not be read');
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

  return {
    /** Resolves once what is known now has been told. */
    refresh,
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
