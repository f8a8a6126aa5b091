import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createServerClock } from './server-clock.ts';

const SERVER = Date.UTC(2026, 6, 23, 15, 42);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("[R6] tells the server's time on a device whose own clock is a day late", () => {
  vi.setSystemTime(SERVER - 86_400_000);
  const clock = createServerClock();
  clock.hear(SERVER);
  vi.advanceTimersByTime(5_000);
  expect(clock.now()).toBe(SERVER + 5_000);
  expect(clock.heardAt()).toBe(SERVER);
});

it("[R6] notices the silence although the device's clock is set back meanwhile", () => {
  vi.setSystemTime(SERVER);
  const clock = createServerClock();
  clock.hear(SERVER);
  vi.advanceTimersByTime(20_000);
  vi.setSystemTime(SERVER - 3_600_000);
  expect(clock.silence()).toBe(20_000);
});

it('[R6] counts the time that the device slept, while its monotonic clock stood still', () => {
  vi.setSystemTime(SERVER);
  const clock = createServerClock();
  clock.hear(SERVER);
  vi.setSystemTime(SERVER + 600_000);
  expect(clock.silence()).toBe(600_000);
  expect(clock.now()).toBe(SERVER + 600_000);
});
