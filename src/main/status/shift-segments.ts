import type { ShiftFact } from '../../bridge/facts.ts';
import type { LedgerRow } from '../cache/ledger-repository.ts';

/**
 * "Mi jornada": the rows of one agent's day, oldest first, as spans without gaps; the last one is still running. A sign-out
 * opens a gap; a row that only gives another cause for what already is adds no span.
 */
export function shiftSegments(rows: readonly LedgerRow[]): ShiftFact {
  const segments: ShiftFact['segments'] = [];
  for (const { kind, at } of rows) {
    const open = segments.at(-1);
    if (open?.until === null) {
      if (open.kind === kind) continue;
      // A clock that was set back makes no span of negative length.
      open.until = Math.max(open.from, at);
    }
    if (kind !== 'signedOut') segments.push({ kind, from: Math.max(at, open?.until ?? 0), until: null });
  }
  return { from: segments[0]?.from ?? null, segments };
}
