import type { TicketRow } from '../store/ticket-rows.ts';

/** A ticket that somebody holds, as far as whoever wanted it too is told. */
export interface Taken {
  companyId: string;
  branchId: string;
  holder: string;
}

/**
 * The takes that are under way in this process. Whoever wants a ticket that somebody here is taking waits for how that ends, not
 * for the lock of its row: of many who want one ticket at once a single one is in PostgreSQL, and the others need no transaction
 * to be told who has it.
 */
export class Takes {
  readonly #underWay = new Map<string, Promise<Taken | null>>();

  /**
   * Waits while somebody here is taking the ticket. Gives who has it then, or, where that is not known, the caller's turn: `end`
   * must be told who holds it in the end, null where that is not known.
   */
  async enter(ticketId: string): Promise<{ taken: Taken } | { end: (taken: Taken | null) => void }> {
    for (let other = this.#underWay.get(ticketId); other; other = this.#underWay.get(ticketId)) {
      const taken = await other;
      if (taken) return { taken };
    }
    const { promise, resolve } = Promise.withResolvers<Taken | null>();
    this.#underWay.set(ticketId, promise);
    const end = (taken: Taken | null): void => {
      this.#underWay.delete(ticketId);
      resolve(taken);
    };
    return { end };
  }
}

/** Who holds a ticket by its row; null: nobody. */
export function takenOf(row: TicketRow | null): Taken | null {
  const { holder } = row?.header ?? {};
  return row && holder ? { companyId: row.companyId, branchId: row.branchId, holder: holder.agentName } : null;
}
