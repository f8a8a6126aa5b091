import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LedgerRow } from '../cache/ledger-repository.ts';
import { ana } from '../testing/fake-office.ts';
import { shiftSegments } from './shift-segments.ts';

const row = (kind: LedgerRow['kind'], at: number): LedgerRow => ({
  agentId: ana,
  kind,
  cause: 'agent',
  at,
  monotonicAt: at,
  runId: 'r',
});

test('a day without rows has no segments', () => {
  expect(shiftSegments([])).toEqual({ from: null, segments: [] });
});

test('each row closes the one before it; the last runs on', () => {
  expect(shiftSegments([row('offline', 10), row('online', 20), row('attending', 30)])).toEqual({
    from: 10,
    segments: [
      { kind: 'offline', from: 10, until: 20 },
      { kind: 'online', from: 20, until: 30 },
      { kind: 'attending', from: 30, until: null },
    ],
  });
});

test('a sign-out leaves a gap until the next sign-in', () => {
  const { segments } = shiftSegments([row('online', 10), row('signedOut', 20), row('offline', 50)]);
  expect(segments).toEqual([
    { kind: 'online', from: 10, until: 20 },
    { kind: 'offline', from: 50, until: null },
  ]);
});

test('[R6] whatever the clock does, segments neither overlap nor run backwards', () => {
  const kinds = fc.constantFrom<LedgerRow['kind']>('online', 'offline', 'lunch', 'attending', 'signedOut');
  const rows = fc
    .array(fc.record({ kind: kinds, at: fc.nat(1_000) }))
    .map((all) => all.map(({ kind, at }) => row(kind, at)));
  fc.assert(
    fc.property(rows, (day) => {
      const { segments } = shiftSegments(day);
      for (const [index, { from, until }] of segments.entries()) {
        expect(until ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(from);
        const next = segments[index + 1];
        if (next) expect(next.from).toBeGreaterThanOrEqual(until ?? Number.POSITIVE_INFINITY);
      }
    }),
  );
});
