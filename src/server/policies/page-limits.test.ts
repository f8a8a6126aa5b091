import { expect, test } from 'vitest';
import { OPEN_PER_ADDRESS, PageLimits } from './page-limits.ts';

const openAll = (limits: PageLimits, address: string, count: number, now = 0): (() => void)[] =>
  Array.from({ length: count }, () => {
    expect(limits.waitToOpen(address, now)).toBeNull();
    return limits.hold(address);
  });

test('[T31] 600 may be open of one address, and one that goes makes room; other addresses are not affected', () => {
  const limits = new PageLimits();
  const [first] = openAll(limits, '203.0.113.7', OPEN_PER_ADDRESS);
  expect(limits.waitToOpen('203.0.113.7', 0)).toBe(30);
  expect(limits.waitToOpen('203.0.113.8', 0)).toBeNull();
  first?.();
  expect(limits.open).toBe(599);
  expect(limits.waitToOpen('203.0.113.7', 0)).toBeNull();
});

test('[T31] 10,000 may be open in all', () => {
  const limits = new PageLimits();
  const releases = Array.from({ length: 20 }, (_, index) => openAll(limits, `203.0.113.${index}`, 500)).flat();
  expect(limits.open).toBe(10_000);
  expect(limits.waitToOpen('198.51.100.1', 0)).toBe(30);
  for (const release of releases) release();
  expect(limits.open).toBe(0);
  expect(limits.waitToOpen('198.51.100.1', 0)).toBeNull();
});

test('[T31] one address opens at most 1,200 a minute, however soon it closes them', () => {
  const limits = new PageLimits();
  for (let index = 0; index < 1_200; index += 1) openAll(limits, '203.0.113.7', 1, 10_000)[0]?.();
  expect(limits.waitToOpen('203.0.113.7', 10_000)).toBe(60);
  expect(limits.waitToOpen('203.0.113.8', 10_000)).toBeNull();
  expect(limits.waitToOpen('203.0.113.7', 130_000)).toBeNull();
});
