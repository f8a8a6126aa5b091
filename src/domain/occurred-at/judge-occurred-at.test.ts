import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE, NINE } from '../testing/sample-ticket.ts';
import { judgeOccurredAt } from './judge-occurred-at.ts';

const now = NINE;
const previousAt = NINE - 30 * MINUTE;
const suspect = { occurredAt: now, isSuspect: true };

describe('judgeOccurredAt', () => {
  it('[R6] [OC1] believes a desk between the previous accepted act and now', () => {
    for (const claimedAt of [previousAt, NINE - 10 * MINUTE, now]) {
      expect(judgeOccurredAt({ claimedAt, previousAt, now })).toEqual({ occurredAt: claimedAt, isSuspect: false });
    }
  });

  it('[R6] [B58] [OC1] takes now for what cannot be, and says so', () => {
    const seconds = Math.floor((NINE - MINUTE) / 1000);
    for (const claimedAt of [previousAt - 1, now + 1, 0, Date.UTC(2099, 0, 1), seconds]) {
      expect(judgeOccurredAt({ claimedAt, previousAt, now })).toEqual(suspect);
    }
  });

  it("[R6] [OC1] believes any past of an author's first act", () => {
    expect(judgeOccurredAt({ claimedAt: 1, previousAt: null, now })).toEqual({ occurredAt: 1, isSuspect: false });
    expect(judgeOccurredAt({ claimedAt: now + 1, previousAt: null, now })).toEqual(suspect);
  });

  it('[OC1] an act made with the line up happens when it arrives', () => {
    expect(judgeOccurredAt({ claimedAt: null, previousAt, now })).toEqual({ occurredAt: now, isSuspect: false });
  });

  it("[R10] [OC1] never lets an author's acts run backwards", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ claimedAt: fc.option(fc.nat(2000)), takes: fc.nat(50) })), (acts) => {
        let previous: number | null = null;
        let clock = 1000;
        for (const { claimedAt, takes } of acts) {
          clock += takes;
          const { occurredAt } = judgeOccurredAt({ claimedAt, previousAt: previous, now: clock });
          expect(occurredAt).toBeGreaterThanOrEqual(previous ?? 0);
          expect(occurredAt).toBeLessThanOrEqual(clock);
          previous = occurredAt;
        }
      }),
    );
  });
});
