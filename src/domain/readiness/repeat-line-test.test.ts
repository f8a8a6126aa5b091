import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PathFinding } from '../../protocol/video/readiness.ts';
import { carriesPicture, lineNeeds } from './judge-readiness.ts';
import { betterFinding, nextTestIn } from './repeat-line-test.ts';

const fast: PathFinding = { way: 'relay', roundTripMilliseconds: 80, kilobits: 4_000 };
const slow: PathFinding = { ...fast, kilobits: lineNeeds.picture.kilobits - 1 };
const tooSlow: PathFinding = { ...fast, kilobits: lineNeeds.sound.kilobits - 1 };
const none: PathFinding = { way: 'blocked', roundTripMilliseconds: null, kilobits: null };
const lines = [fast, slow, tooSlow, none];

const findings: fc.Arbitrary<PathFinding> = fc.record({
  way: fc.constantFrom('relay' as const, 'direct' as const, 'blocked' as const),
  roundTripMilliseconds: fc.option(fc.nat(3_000)),
  kilobits: fc.option(fc.nat(1_000)),
  loss: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
});

describe('nextTestIn', () => {
  it('[RD5] tries a line without a picture 10 s later, then a minute later, and no more', () => {
    for (const path of [slow, tooSlow, none]) {
      expect([0, 1, 2, 3].map((repeats) => nextTestIn(path, repeats))).toEqual([10_000, 60_000, null, null]);
    }
    expect(nextTestIn(fast, 0)).toBeNull();
  });
});

describe('betterFinding', () => {
  it('[RD5] takes the line that carries more, whichever was found first', () => {
    for (const [worse, one] of lines.entries()) {
      for (const better of lines.slice(0, worse)) {
        expect(betterFinding(one, better)).toBe(better);
        expect(betterFinding(better, one)).toBe(better);
      }
    }
  });

  it('[RD5] takes the newer of two alike', () => {
    for (const one of lines) {
      const again = { ...one };
      expect(betterFinding(one, again)).toBe(again);
    }
  });

  it('[RD5] never takes a picture away that one of the two findings gave', () => {
    fc.assert(
      fc.property(findings, findings, (before, after) => {
        expect(carriesPicture(betterFinding(before, after))).toBe(carriesPicture(before) || carriesPicture(after));
      }),
    );
  });
});
