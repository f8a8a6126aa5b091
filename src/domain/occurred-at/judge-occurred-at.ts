import type { Instant } from '../../protocol/instant.ts';

/**
 * When an act happened, as far as its desk can be believed [OC1]: between the author's previous accepted act and now.
 * `claimedAt` is the command's `occurredAt`, null when it was made with the line up. A claim that cannot be true is suspect
 * and the act counts from now.
 */
export function judgeOccurredAt({
  claimedAt,
  previousAt,
  now,
}: {
  claimedAt: Instant | null;
  previousAt: Instant | null;
  now: Instant;
}): { occurredAt: Instant; isSuspect: boolean } {
  if (claimedAt === null) return { occurredAt: now, isSuspect: false };
  const isBelievable = claimedAt >= (previousAt ?? 0) && claimedAt <= now;
  return isBelievable ? { occurredAt: claimedAt, isSuspect: false } : { occurredAt: now, isSuspect: true };
}
