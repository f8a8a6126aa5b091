import type { Instant } from '../../protocol/instant.ts';
import type { CallReport } from '../../protocol/video/call-report.ts';
import type { LineReading, Quality } from './quality.ts';

/** How the connection of a call is: as good as its line, or cut off. */
export type CallCondition = Quality | 'interrupted';

/** What the timeline has been told of a call's connection, and what is seen of it since. */
export type ReportedCall = {
  told: CallCondition;
  /** When the trouble began that has been told and is not over; null without one. */
  troubledSince: Instant | null;
  seen: CallCondition;
  since: Instant;
};

/** How long a condition holds before it is told, in milliseconds: what comes and goes within it fills no timeline. */
const holds: Record<CallCondition, number> = { interrupted: 0, poor: 5_000, weak: 5_000, good: 30_000 };

export function newReportedCall(at: Instant): ReportedCall {
  return { told: 'good', troubledSince: null, seen: 'good', since: at };
}

/** Tells that the connection became weak or poor, was cut off, or is good again [CL11]; null while there is nothing to tell. */
export function nextReport(
  reported: ReportedCall,
  condition: CallCondition,
  reading: LineReading | null,
  at: Instant,
): { reported: ReportedCall; report: CallReport | null } {
  const now = condition === reported.seen ? reported : { ...reported, seen: condition, since: at };
  const { told, seen, since, troubledSince } = now;
  const isTold = seen === told || (told === 'poor' && seen === 'weak');
  if (isTold || at - since < holds[seen]) return { reported: now, report: null };
  if (seen === 'good') {
    const afterMs = Math.max(0, since - (troubledSince ?? since));
    return { reported: { ...now, told: seen, troubledSince: null }, report: { type: 'call.recovered', afterMs } };
  }
  return { reported: { ...now, told: seen, troubledSince: troubledSince ?? since }, report: troubleOf(seen, reading) };
}

function troubleOf(condition: Exclude<CallCondition, 'good'>, reading: LineReading | null): CallReport {
  if (condition === 'interrupted') return { type: 'call.interrupted' };
  const losses = [reading?.lossReceived, reading?.lossSent].filter((loss) => typeof loss === 'number');
  return {
    type: 'call.weakened',
    quality: condition,
    roundTripMilliseconds: reading?.roundTripMilliseconds ?? null,
    lossPercent: losses.length === 0 ? null : Math.round(Math.max(...losses) * 100),
  };
}
