import { expect, test } from 'vitest';
import { RateLimit } from './rate-limit.ts';

const MINUTE = 60_000;

function allowed(limit: RateLimit, key: string, times: number[]): number {
  return times.filter((at) => limit.take(key, at) === null).length;
}

test('[T31] as many as the limit pass at once, the next waits', () => {
  const limit = new RateLimit({ limit: 600, windowMs: MINUTE });
  expect(
    allowed(
      limit,
      'kiosk',
      Array.from({ length: 1_000 }, () => 5),
    ),
  ).toBe(600);
  expect(limit.take('kiosk', 5)).toBe(60);
});

test('[T31] 1,000 spread over a minute are held to the limit as well', () => {
  const limit = new RateLimit({ limit: 600, windowMs: MINUTE });
  const times = Array.from({ length: 4_000 }, (_, index) => 17 + index * 60);
  for (let minute = 0; minute < 4; minute += 1) {
    expect(allowed(limit, 'kiosk', times.slice(minute * 1_000, (minute + 1) * 1_000))).toBeLessThanOrEqual(620);
  }
});

test('[T31] another source is not affected', () => {
  const limit = new RateLimit({ limit: 1, windowMs: MINUTE });
  expect(limit.take('norte', 0)).toBeNull();
  expect(limit.take('norte', 1)).not.toBeNull();
  expect(limit.take('centro', 1)).toBeNull();
});

test('what is given back does not count', () => {
  const limit = new RateLimit({ limit: 1, windowMs: MINUTE });
  limit.take('ana', 0);
  limit.giveBack('ana');
  expect(limit.take('ana', 1)).toBeNull();
});

test('after two quiet windows everything is forgotten', () => {
  const limit = new RateLimit({ limit: 3, windowMs: MINUTE });
  expect(allowed(limit, 'ana', [0, 0, 0, 0])).toBe(3);
  expect(allowed(limit, 'ana', [3 * MINUTE, 3 * MINUTE, 3 * MINUTE, 3 * MINUTE])).toBe(3);
});
