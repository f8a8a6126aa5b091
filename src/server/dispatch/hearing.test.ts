import { expect, test } from 'vitest';
import { createHearing } from './hearing.ts';

/** Polls every half second, the last time at `to`. */
const poll = (hearing: ReturnType<typeof createHearing>, from: number, to: number): void => {
  for (let now = from; now <= to; now += 500) hearing.polled(now);
};

test('[R17] silence tells nothing before a process has heard for a minute', () => {
  const hearing = createHearing();
  expect(hearing.isTelling(0)).toBe(false);
  poll(hearing, 0, 59_500);
  expect(hearing.isTelling(59_999)).toBe(false);
  poll(hearing, 60_000, 60_000);
  expect(hearing.isTelling(60_000)).toBe(true);
});

test('[R17] after more than 30 s without the database the minute begins anew', () => {
  const hearing = createHearing();
  poll(hearing, 0, 100_000);
  hearing.polled(130_000);
  expect(hearing.isTelling(130_000)).toBe(true);
  // The poll itself stood still: nothing is decided before the next.
  expect(hearing.isTelling(160_001)).toBe(false);
  poll(hearing, 310_000, 369_500);
  expect(hearing.isTelling(369_999)).toBe(false);
  poll(hearing, 370_000, 370_000);
  expect(hearing.isTelling(370_000)).toBe(true);
});
