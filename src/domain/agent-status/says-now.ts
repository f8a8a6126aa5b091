import type { Instant } from '../../protocol/instant.ts';

/**
 * Whether an act of an agent still says how they are now [ST9]: the session that it was made in is open, and nothing of
 * theirs has happened since in another one. `elsewhereAt`: the latest of that, null when there is none.
 */
export function saysNow({
  occurredAt,
  isSessionOpen,
  elsewhereAt,
}: {
  occurredAt: Instant;
  isSessionOpen: boolean;
  elsewhereAt: Instant | null;
}): boolean {
  return isSessionOpen && (elsewhereAt === null || elsewhereAt <= occurredAt);
}
