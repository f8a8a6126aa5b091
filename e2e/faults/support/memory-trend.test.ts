import { expect, test } from 'vitest';
import { createChance } from './chance.ts';
import { codeLimits, isGrowing, memoryTrend, objectLimits, type MemorySample } from './memory-trend.ts';

const MEGABYTE = 1024 * 1024;
const TICKETS_A_MINUTE = 120;

/** A sample each quarter of a minute for half an hour; up to 300 KB are chance. */
const series = (bytes: (minutes: number) => number): MemorySample[] => {
  const chance = createChance(7);
  return Array.from({ length: 120 }, (_, index) => {
    const minutes = index / 4;
    const sway = chance.below(300 * 1024);
    return { minutes, tickets: Math.floor(minutes * TICKETS_A_MINUTE), bytes: 40 * MEGABYTE + bytes(minutes) + sway };
  });
};

test.each([
  ['flat', () => 0],
  ['warm after five minutes', (minutes: number) => Math.min(minutes, 5) * 2 * MEGABYTE],
  ['warm step by step', (minutes: number) => 8 * MEGABYTE * (1 - Math.exp(-minutes / 4))],
  ['up and down', (minutes: number) => (minutes % 3) * MEGABYTE],
  ['smaller', (minutes: number) => -minutes * MEGABYTE],
])('memory that is %s does not grow', (_, bytes) => {
  expect(isGrowing(memoryTrend(series(bytes)), objectLimits)).toBe(false);
});

test.each([
  ['2 KB of each ticket', 2 * 1024 * TICKETS_A_MINUTE],
  ['a megabyte a minute', MEGABYTE],
  ['100 KB a minute, less than a KB of each ticket', 100 * 1024],
])('memory that keeps %s grows', (_, bytesPerMinute) => {
  const trend = memoryTrend(series((minutes) => minutes * bytesPerMinute));
  expect(isGrowing(trend, objectLimits)).toBe(true);
  expect(Math.abs(trend.bytesPerMinute - bytesPerMinute)).toBeLessThan(3 * trend.error);
  expect(trend.bytesPerTicket).toBeCloseTo(trend.bytesPerMinute / TICKETS_A_MINUTE);
});

test('code that is compiled anew for each piece of work grows, and what warms up does not', () => {
  expect(isGrowing(memoryTrend(series((minutes) => minutes * 300 * 1024)), codeLimits)).toBe(true);
  expect(isGrowing(memoryTrend(series((minutes) => minutes * 64 * 1024)), codeLimits)).toBe(false);
});

test('a step in the middle of what chance does is no growth, and a few samples are none', () => {
  expect(isGrowing(memoryTrend(series((minutes) => (minutes > 20 ? 100 * 1024 : 0))), objectLimits)).toBe(false);
  expect(() => memoryTrend(series(() => 0).slice(0, 5))).toThrow('5 samples');
});
