import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WaitRange } from '../../protocol/http/public-api.ts';
import { waitRange } from './wait-range.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const line = { ahead: 4, serviceMinutes: 5, agentsServing: 2 };

describe('waitRange', () => {
  it('[QU8] takes the 20th to the 80th percentile of the last 30 waits', () => {
    expect(waitRange({ ...line, pastWaitsMinutes: upTo(30) })).toEqual({ low: 6, high: 24 });
    expect(waitRange({ ...line, pastWaitsMinutes: [...upTo(100).map(() => 500), ...upTo(30).toReversed()] })).toEqual({
      low: 6,
      high: 24,
    });
  });

  it('[QU8] rounds outwards', () => {
    expect(waitRange({ ...line, pastWaitsMinutes: upTo(30).map(() => 7.5) })).toEqual({ low: 7, high: 8 });
  });

  it('[QU8] with fewer waits takes people ahead × minutes ÷ agents, half of it to half as much again', () => {
    expect(waitRange({ ...line, pastWaitsMinutes: upTo(29) })).toEqual({ low: 5, high: 15 });
    expect(waitRange({ ...line, ahead: 3, agentsServing: 1, pastWaitsMinutes: [] })).toEqual({ low: 7, high: 23 });
  });

  it('[QU8] promises the next one no less than an attention that is going on', () => {
    expect(waitRange({ ...line, ahead: 0, pastWaitsMinutes: [] })).toEqual({ low: 0, high: 5 });
  });

  it('[QU8] says nothing when nobody serves and history is short', () => {
    expect(waitRange({ ...line, agentsServing: 0, pastWaitsMinutes: upTo(29) })).toBeNull();
    expect(waitRange({ ...line, agentsServing: 0, pastWaitsMinutes: upTo(30) })).toEqual({ low: 6, high: 24 });
  });

  it('[QU8] is always a range of whole minutes with its middle inside', () => {
    fc.assert(
      fc.property(
        fc.nat(500),
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.double({ min: 0, max: 600, noNaN: true }), { maxLength: 60 }),
        (ahead, serviceMinutes, agentsServing, pastWaitsMinutes) => {
          const range = WaitRange.parse(waitRange({ ahead, serviceMinutes, agentsServing, pastWaitsMinutes }));
          const last = pastWaitsMinutes.slice(-30).toSorted((a, b) => a - b);
          const middle = last.length === 30 ? last[14]! : (ahead * serviceMinutes) / agentsServing;
          expect(range.low).toBeLessThanOrEqual(middle);
          expect(range.high).toBeGreaterThanOrEqual(middle);
        },
      ),
    );
  });
});
