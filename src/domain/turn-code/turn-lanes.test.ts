import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deskTurns, lineTurn } from './turn-lanes.ts';

test('[TC2] the first customer of the day is 1, whatever the desks have reserved, and desks begin at 701', () => {
  expect(lineTurn(0)).toBe(1);
  expect(lineTurn(699)).toBe(700);
  expect(lineTurn(700)).toBe(10_001);
  expect(deskTurns(0, 20)).toEqual({ firstTurn: 701, count: 20 });
});

test('[TC3] the last turn of the desks is 10,000: whoever asks for more gets what is left, then nothing', () => {
  expect(deskTurns(9_290, 20)).toEqual({ firstTurn: 9_991, count: 10 });
  expect(deskTurns(9_300, 1)).toBeNull();
});

test('[TC2] [TC3] whoever asks in whatever order, no turn of the day is given twice', () => {
  // Numbers are what a desk asks for; null is a customer in the line. Some days begin near the end of a lane.
  const day = fc.record({
    inLine: fc.constantFrom(0, 690, 9_990),
    atDesks: fc.constantFrom(0, 690, 9_200),
    asked: fc.array(fc.option(fc.integer({ min: 1, max: 20 })), { maxLength: 60 }),
  });
  fc.assert(
    fc.property(day, ({ inLine, atDesks, asked }) => {
      const given = Array.from({ length: inLine }, (_, index) => lineTurn(index));
      const before = deskTurns(0, atDesks);
      const turnsOf = (block: ReturnType<typeof deskTurns>): number[] =>
        Array.from({ length: block?.count ?? 0 }, (_, index) => (block?.firstTurn ?? 0) + index);
      given.push(...turnsOf(before));
      const counted = { inLine, atDesks: before?.count ?? 0 };
      for (const wanted of asked) {
        if (wanted === null) given.push(lineTurn(counted.inLine++));
        else {
          const block = deskTurns(counted.atDesks, wanted);
          counted.atDesks += block?.count ?? 0;
          given.push(...turnsOf(block));
        }
      }
      expect(new Set(given).size).toBe(given.length);
    }),
  );
});
