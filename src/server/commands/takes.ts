/** A take that lasts longer has lost its connection, not its race. */
const PATIENCE_MS = 2_000;

/**
 * The takes that are under way in this process. Whoever wants a ticket that somebody here is taking waits for how that ends, not
 * for the lock of its row: of many who want one ticket at once a single one is in PostgreSQL, and the others need no transaction
 * to be told that it is held. What is right does not hang on it: the row's lock decides.
 */
export class Takes {
  readonly #underWay = new Map<string, Promise<boolean>>();
  readonly #patienceMs: number;

  constructor(patienceMs = PATIENCE_MS) {
    this.#patienceMs = patienceMs;
  }

  /**
   * Waits while somebody here is taking the ticket. Null: it was held at the end of that. Else it is the caller's turn, whose end
   * has to be told, and whether somebody holds the ticket then.
   */
  async enter(ticketId: string): Promise<((isHeld: boolean) => void) | null> {
    for (let other = this.#underWay.get(ticketId); other; other = this.#underWay.get(ticketId)) {
      const outcome = await this.#inTime(other);
      if (outcome === 'held') return null;
      if (outcome === 'late') break;
    }
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#underWay.set(ticketId, promise);
    return (isHeld) => {
      if (this.#underWay.get(ticketId) === promise) this.#underWay.delete(ticketId);
      resolve(isHeld);
    };
  }

  async #inTime(other: Promise<boolean>): Promise<'held' | 'free' | 'late'> {
    const late = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => late.resolve('late'), this.#patienceMs);
    const outcome = await Promise.race([
      other.then((isHeld): 'held' | 'free' => (isHeld ? 'held' : 'free')),
      late.promise,
    ]);
    clearTimeout(timer);
    return outcome;
  }
}
