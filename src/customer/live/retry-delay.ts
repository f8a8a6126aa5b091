const FIRST_MS = 1_000;
export const LONGEST_DELAY_MS = 30_000;

/**
 * Milliseconds before the next attempt after `failures` in a row (0 is the first one). Full jitter: `chance` is uniform in
 * [0, 1), so that the pages of a branch do not come back all at once.
 */
export function retryDelay(failures: number, chance: number): number {
  return chance * Math.min(LONGEST_DELAY_MS, FIRST_MS * 2 ** Math.min(failures, 10));
}
