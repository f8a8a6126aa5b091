import { expect, test } from 'vitest';
import { qualityOf } from './quality.ts';

const nothing = { roundTripMilliseconds: null, lossReceived: null, lossSent: null };

test.each([
  [nothing, 'good'],
  [{ roundTripMilliseconds: 120, lossReceived: 0.01, lossSent: 0 }, 'good'],
  [{ ...nothing, lossReceived: 0.03 }, 'weak'],
  [{ ...nothing, lossSent: 0.05 }, 'weak'],
  [{ ...nothing, roundTripMilliseconds: 400 }, 'weak'],
  [{ ...nothing, lossReceived: 0.08 }, 'poor'],
  [{ ...nothing, lossSent: 1 }, 'poor'],
  [{ roundTripMilliseconds: 800, lossReceived: 0, lossSent: 0 }, 'poor'],
] as const)('[S2-34] [CL9] a line with %j is %s', (reading, quality) => {
  expect(qualityOf(reading)).toBe(quality);
});
