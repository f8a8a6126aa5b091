import type { TicketView } from '../../bridge/facts.ts';
import type { TicketId } from '../../protocol/ids.ts';
import type { StoreClient } from '../cache/store-client.ts';

const LONGEST_WAIT_MS = 3_000;

/** Waits for tickets that the server has made and that come down the stream a moment later. */
export function createTicketArrival(store: StoreClient) {
  const waiting = new Set<() => void>();
  return {
    /** Something came down the stream. */
    applied: (): void => {
      for (const look of waiting) look();
    },
    /** Null when it does not come within 3 s. */
    of: async (id: TicketId): Promise<TicketView | null> => {
      const { promise, resolve, reject } = Promise.withResolvers<TicketView | null>();
      const look = (): void => {
        store.ask('desk.ticket', id).then((view) => view && resolve(view), reject);
      };
      const late = setTimeout(() => resolve(null), LONGEST_WAIT_MS);
      waiting.add(look);
      look();
      try {
        return await promise;
      } finally {
        clearTimeout(late);
        waiting.delete(look);
      }
    },
  };
}
