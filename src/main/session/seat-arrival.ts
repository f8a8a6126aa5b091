import { DeskError } from '../desk-error.ts';
import type { Working } from './session-fact.ts';

const OFFICE_WAIT_MS = 15_000;
const LINE_WAIT_MS = 3_000;

/**
 * The moment between sitting down and working: the office of the seat has to be known. Whoever sat down with the line there
 * begins with it, and not with a moment of "Sin conexión".
 */
export function createSeatArrival(begins: (working: Working) => void) {
  let waitsForLine = false;
  let ready: Working | null = null;
  let arrived: PromiseWithResolvers<void> | null = null;

  const begin = (): void => {
    if (!ready || waitsForLine) return;
    const working = ready;
    ready = null;
    begins(working);
    arrived?.resolve();
  };
  const lineUp = (): void => {
    waitsForLine = false;
    begin();
  };

  return {
    /**
     * Resolves once the agent works. `sitDown` sets all in motion that it takes.
     * @throws DeskError UNAVAILABLE when the office does not come
     */
    wait: async (isLineThere: boolean, sitDown: () => Promise<void>): Promise<void> => {
      const waiting = Promise.withResolvers<void>();
      // It may be refused while the agent still sits down, when nobody waits for it yet.
      waiting.promise.catch(() => undefined);
      arrived = waiting;
      waitsForLine = isLineThere;
      const patience = setTimeout(lineUp, LINE_WAIT_MS);
      const late = setTimeout(() => waiting.reject(new DeskError('UNAVAILABLE')), OFFICE_WAIT_MS);
      try {
        await sitDown();
        await waiting.promise;
      } finally {
        clearTimeout(late);
        clearTimeout(patience);
        arrived = null;
      }
    },
    /** The office of the seat is known, or has changed. */
    officeKnown: (working: Working | null): void => {
      ready = working;
      begin();
    },
    lineUp,
    /** The agent is gone before having begun. */
    left: (): void => {
      ready = null;
      arrived?.reject(new DeskError('UNAUTHENTICATED'));
    },
  };
}
