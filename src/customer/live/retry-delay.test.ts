import fc from 'fast-check';
import { expect, it } from 'vitest';
import { retryDelay } from './retry-delay.ts';

it('[R7] comes back within 30 s, anywhere between at once and twice the last bound', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (failures, chance) => {
      const bound = Math.min(30_000, 1_000 * 2 ** failures);
      expect(retryDelay(failures, chance)).toBeCloseTo(chance * bound, 6);
    }),
  );
});
