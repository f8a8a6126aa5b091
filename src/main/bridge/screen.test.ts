import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StoreClient } from '../cache/store-client.ts';
import { createServerClock } from '../sync/server-clock.ts';
import { createScreen } from './screen.ts';

const LOOK_MS = 20;

let looks: number;
let told: number;
beforeEach(() => {
  vi.useFakeTimers();
  looks = 0;
  told = 0;
});
afterEach(() => vi.useRealTimers());

/** A screen of a store that takes its time. */
const openScreen = () => {
  const ask = async (): Promise<object> => {
    looks += 1;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    return {};
  };
  const store = { ask } as unknown as StoreClient;
  const log = pino({ level: 'silent' });
  return createScreen({ store, clock: createServerClock(0), log, changed: () => void (told += 1) });
};

test('what the line brings first is looked at without a pause', async () => {
  openScreen().follow();
  await vi.advanceTimersByTimeAsync(0);
  expect(looks).toBe(1);
});

test('what the line brings by the hundred is looked at for a fifth of the time, and the last of it always', async () => {
  const screen = openScreen();
  for (let millisecond = 0; millisecond < 1_000; millisecond += 1) {
    screen.follow();
    await vi.advanceTimersByTimeAsync(1);
  }
  expect(looks).toBeGreaterThanOrEqual(9);
  expect(looks).toBeLessThanOrEqual(11);
  const before = looks;
  screen.follow();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(looks).toBeGreaterThan(before);
  expect(told).toBe(looks);
});

test('what the agent does is looked at in the rest too', async () => {
  const screen = openScreen();
  screen.follow();
  await vi.advanceTimersByTimeAsync(LOOK_MS + 1);
  screen.follow();
  await vi.advanceTimersByTimeAsync(1);
  expect(looks).toBe(1);
  void screen.refresh();
  expect(looks).toBe(2);
});

test('a screen that was stopped in its rest looks no more', async () => {
  const screen = openScreen();
  screen.follow();
  await vi.advanceTimersByTimeAsync(LOOK_MS + 1);
  screen.follow();
  screen.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(looks).toBe(1);
});
