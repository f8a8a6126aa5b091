import type { WaitRange } from '../../protocol/http/public-api.ts';

const ENOUGH_WAITS = 30;

/**
 * Minutes between which most people of a line are called [QU8].
 * `pastWaitsMinutes`: waits of the service at this hour of the day, oldest first. With 30 of them or more, the 20th to the
 * 80th percentile of the last 30. With fewer, people ahead × minutes of one attention ÷ agents, from half of it to half as
 * much again, and at least one attention at the top. Null when neither can be said.
 */
export function waitRange({
  ahead,
  pastWaitsMinutes,
  serviceMinutes,
  agentsServing,
}: {
  ahead: number;
  pastWaitsMinutes: readonly number[];
  serviceMinutes: number;
  agentsServing: number;
}): WaitRange | null {
  const lastWaits = pastWaitsMinutes.slice(-ENOUGH_WAITS).toSorted((a, b) => a - b);
  if (lastWaits.length === ENOUGH_WAITS) {
    return { low: Math.floor(percentile(lastWaits, 0.2)), high: Math.ceil(percentile(lastWaits, 0.8)) };
  }
  if (agentsServing === 0) return null;
  const expected = (ahead * serviceMinutes) / agentsServing;
  return { low: Math.floor(expected / 2), high: Math.max(serviceMinutes, Math.ceil((expected * 3) / 2)) };
}

/** Nearest rank, of a sorted list that is not empty. */
function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
}
