import { expect, test } from 'vitest';
import { measurePath, rateOf } from './measure-path.ts';

const KB = 1024;

test('the rate is that of the later half: what comes slowly first is the browser feeling its way', () => {
  const arrivals = [
    { at: 0, bytes: 0 },
    { at: 300, bytes: 8 * KB },
    { at: 500, bytes: 24 * KB },
    { at: 1_000, bytes: 256 * KB },
  ];
  expect(rateOf(arrivals, 1_000)).toBe(Math.round((232 * KB * 8) / 500));
});

test('what did not come in time counts as time that passed', () => {
  const arrivals = [
    { at: 0, bytes: 0 },
    { at: 500, bytes: 8 * KB },
    { at: 1_000, bytes: 16 * KB },
  ];
  expect(rateOf(arrivals, 3_000)).toBe(Math.round((16 * KB * 8) / 3_000));
  expect(rateOf([{ at: 0, bytes: 0 }], 3_000)).toBe(0);
});

test('a line that gives all at once is as fast as that', () => {
  expect(
    rateOf(
      [
        { at: 0, bytes: 0 },
        { at: 10, bytes: 256 * KB },
      ],
      10,
    ),
  ).toBe(Math.round((256 * KB * 8) / 10));
});

test('[B77] a browser that cannot connect at all is blocked, and a test that was given up says nothing', async () => {
  const { signal } = new AbortController();
  // Node has no RTCPeerConnection.
  expect(await measurePath({}, signal)).toEqual({ way: 'blocked', roundTripMilliseconds: null, kilobits: null });
  expect(await measurePath({}, AbortSignal.abort())).toBeNull();
});
