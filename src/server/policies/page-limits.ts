import { RateLimit } from './rate-limit.ts';

/** Three hundred phones of one branch behind one address, each twice until its dead line is noticed (45 s of silence). */
export const OPEN_PER_ADDRESS = 600;
/** Of one server process: some 30 branches as full as that, and room left for the desks. */
const OPEN_IN_ALL = 10_000;
/** All that one address may have, twice within a minute: after a restart they come back at once. */
const OPENINGS_PER_ADDRESS = { limit: 2 * OPEN_PER_ADDRESS, windowMs: 60_000 };
/** The longest pause of our pages before they try again. */
const WAIT_SECONDS = 30;

/** Sockets that customers' pages of one address, and all of them together, may have open (trust T31). */
export class PageLimits {
  readonly #openings = new RateLimit(OPENINGS_PER_ADDRESS);
  readonly #openByAddress = new Map<string, number>();
  #open = 0;

  get open(): number {
    return this.#open;
  }

  /** Counts an opening at `now` (ms) and returns null when there is room for it, else the whole seconds to wait. */
  waitToOpen(address: string, now: number): number | null {
    const isFull = this.#open >= OPEN_IN_ALL || (this.#openByAddress.get(address) ?? 0) >= OPEN_PER_ADDRESS;
    return isFull ? WAIT_SECONDS : this.#openings.take(address, now);
  }

  /** One is open. Returns what is to be called once, when it is closed. */
  hold(address: string): () => void {
    this.#count(address, 1);
    return () => this.#count(address, -1);
  }

  #count(address: string, step: 1 | -1): void {
    this.#open += step;
    const open = (this.#openByAddress.get(address) ?? 0) + step;
    if (open === 0) this.#openByAddress.delete(address);
    else this.#openByAddress.set(address, open);
  }
}
