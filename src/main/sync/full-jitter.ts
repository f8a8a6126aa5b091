/**
 * Milliseconds to wait before try number `attempt` (0 first): anywhere between nothing and a limit that doubles with each
 * try up to `cap`, so that many desks that lost a server together do not come back together.
 */
export function fullJitter(
  attempt: number,
  { base, cap }: { base: number; cap: number },
  random: () => number,
): number {
  return Math.floor(random() * Math.min(cap, base * 2 ** attempt));
}
