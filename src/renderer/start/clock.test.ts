import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClock } from './clock.ts';

const START = Date.parse('2026-07-23T15:42:07.300Z');
beforeEach(() => void vi.useFakeTimers({ now: START }));
afterEach(() => void vi.useRealTimers());

test('everything on screen counts with the same second', () => {
  const clock = createClock();
  const seen: number[] = [];
  const stop = clock.subscribe(() => seen.push(clock.now() - START));
  vi.advanceTimersByTime(2_500);
  expect(seen).toEqual([1_000, 2_000]);
  expect(clock.now() - START).toBe(2_000);
  stop();
  expect(vi.getTimerCount()).toBe(0);
});

test('what begins at an instant begins then, and not with the second that follows', () => {
  const clock = createClock();
  const seen: number[] = [];
  clock.subscribe(() => seen.push(clock.now() - START));
  clock.tickAt(START + 1_250);
  vi.advanceTimersByTime(2_000);
  expect(seen).toEqual([1_000, 1_250, 2_000]);
});

test('an instant that has passed, and one that is not waited for any more, make no tick', () => {
  const clock = createClock();
  const seen: number[] = [];
  clock.subscribe(() => seen.push(clock.now() - START));
  clock.tickAt(START - 1);
  clock.tickAt(START + 500)();
  vi.advanceTimersByTime(999);
  expect(seen).toEqual([]);
});
