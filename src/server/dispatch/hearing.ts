/** Longer than this without a poll that reached the database: it was away, the process stood still, or its clock was set. */
const DEAF_AFTER_MS = 30_000;
/** By then every desk whose line stands is back (at most 30 s), and its `seen_at` is written (every 15 s). */
const HEARS_AFTER_MS = 60_000;

export interface Hearing {
  /** A poll has reached the database. */
  polled: (now: number) => void;
  /** Whether the silence of a desk says that it is gone: as long as nobody can hear, `seen_at` stands still for all of them. */
  isTelling: (now: number) => boolean;
}

/** Since when this process hears the desks. */
export function createHearing(): Hearing {
  let polledAt = -Infinity;
  let since = Infinity;
  const isDeaf = (now: number): boolean => Math.abs(now - polledAt) > DEAF_AFTER_MS;

  return {
    polled: (now) => {
      if (isDeaf(now)) since = now;
      polledAt = now;
    },
    isTelling: (now) => !isDeaf(now) && now - since >= HEARS_AFTER_MS,
  };
}
