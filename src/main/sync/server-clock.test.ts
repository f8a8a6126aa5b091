import { expect, test } from 'vitest';
import { createServerClock } from './server-clock.ts';

test('a delayed word of the server does not put the time back', () => {
  let monotonic = 0;
  const clock = createServerClock(
    0,
    () => 1_000,
    () => monotonic,
  );
  clock.heard(50_000);
  monotonic = 4_000;
  expect(clock.now()).toBe(54_000);
  clock.heard(51_000);
  expect(clock.now()).toBe(54_000);
  monotonic = 8_000;
  expect(clock.now()).toBe(55_000);
});

test('the first word of the server corrects a machine whose clock is ahead', () => {
  const clock = createServerClock(
    0,
    () => 90_000,
    () => 0,
  );
  expect(clock.now()).toBe(90_000);
  clock.heard(50_000);
  expect(clock.now()).toBe(50_000);
  expect(clock.offset()).toBe(-40_000);
});

test('[R6] the date of an answer corrects a machine whose clock is ahead, until the server says its time', () => {
  const clock = createServerClock(
    0,
    () => 90_000,
    () => 0,
  );
  expect(clock.now()).toBe(90_000);
  clock.dated(Number.NaN);
  expect(clock.now()).toBe(90_000);
  clock.dated(50_000);
  expect(clock.now()).toBe(50_000);
  clock.heard(50_400);
  clock.dated(60_000);
  expect(clock.now()).toBe(50_400);
});
