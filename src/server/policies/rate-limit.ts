interface Window {
  startedAt: number;
  count: number;
  before: number;
}

const MOST_KEYS = 100_000;

/**
 * At most `limit` of something per key in any `windowMs`, kept in memory: the count of the running window plus the part of
 * the one before that still lies inside (an even flow within it is assumed).
 */
export class RateLimit {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #windows = new Map<string, Window>();

  constructor({ limit, windowMs }: { limit: number; windowMs: number }) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Counts one at `now` (ms) and returns null, or counts nothing and returns the whole seconds to wait. */
  take(key: string, now: number): number | null {
    const window = this.#windowOf(key, now);
    const wait = this.#waitIn(window, now);
    if (wait === null) window.count += 1;
    return wait;
  }

  /** What `take` would say, counting nothing. */
  waitFor(key: string, now: number): number | null {
    const window = this.#windows.get(key);
    return window && now - window.startedAt < this.#windowMs ? this.#waitIn(window, now) : null;
  }

  #waitIn({ startedAt, count, before }: Window, now: number): number | null {
    const rest = 1 - (now - startedAt) / this.#windowMs;
    return count + before * rest < this.#limit ? null : Math.max(1, Math.ceil((rest * this.#windowMs) / 1_000));
  }

  /** Takes one back: it turned out to be none of those that are limited. */
  giveBack(key: string): void {
    const window = this.#windows.get(key);
    if (window && window.count > 0) window.count -= 1;
  }

  #windowOf(key: string, now: number): Window {
    const known = this.#windows.get(key);
    if (known && now - known.startedAt < this.#windowMs) return known;
    const passed = known ? Math.floor((now - known.startedAt) / this.#windowMs) : 0;
    const window: Window =
      known && passed === 1
        ? { startedAt: known.startedAt + this.#windowMs, count: 0, before: known.count }
        : { startedAt: now, count: 0, before: 0 };
    // Last in the order of the map: the first is the one that has been quiet for longest.
    this.#windows.delete(key);
    this.#windows.set(key, window);
    if (this.#windows.size > MOST_KEYS) this.#forgetOldest();
    return window;
  }

  #forgetOldest(): void {
    for (const key of this.#windows.keys()) {
      this.#windows.delete(key);
      return;
    }
  }
}
