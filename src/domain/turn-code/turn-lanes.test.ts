import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deskTurn, lineTurn } from './turn-lanes.ts';

test('[TC2] the first customer of the day is 1, whatever the desks have reserved, and desks begin at 701', () => {
  expect(lineTurn(0)).toBe(1);
  expect(lineTurn(699)).toBe(700);
  expect(lineTurn(700)).toBe(10_001);
  expect(deskTurn(0)).toBe(701);
});

test('[TC2] no turn is given to the line and to a desk', () => {
  fc.assert(
    fc.property(fc.nat(20_000), fc.nat(9_299), (inLine, atDesks) => {
      expect(lineTurn(inLine)).not.toBe(deskTurn(atDesks));
    }),
  );
});
