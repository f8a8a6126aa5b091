import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StoreClient } from '../cache/store-client.ts';
import { createServerClock } from '../sync/server-clock.ts';
import { createScreen } from './screen.ts';

const LOOK_MS = 10;

let lookTakes: number;
let looks: number;
let told: number;
let lookedAt: number;
let broughtAt: number;
beforeEach(() => {
  vi.useFakeTimers();
  lookTakes = LOOK_MS;
  looks = 0;
  told = 0;
});
afterEach(() => vi.useRealTimers());

/** A screen of a store that takes its time, in which so many acts wait. */
const openScreen = (acts: number) => {
  const ask = async (): Promise<object> => {
    looks += 1;
    lookedAt = performance.now();
    await new Promise((resolve) => setTimeout(resolve, lookTakes));
    return { outbox: { pending: Array.from({ length: acts }), refused: [] } };
  };
  const store = { ask } as unknown as StoreClient;
  const log = pino({ level: 'silent' });
  return createScreen({ store, clock: createServerClock(0), log, changed: () => void (told += 1) });
};

/** How often it looks in a second in which the line brings something each millisecond. */
const looksInASecond = async (acts: number): Promise<number> => {
  const screen = openScreen(acts);
  for (let millisecond = 0; millisecond < 1_000; millisecond += 1) {
    broughtAt = performance.now();
    screen.follow();
    await vi.advanceTimersByTimeAsync(1);
  }
  return looks;
};

test('what the line brings is looked at as soon as the look before it is over', async () => {
  expect(await looksInASecond(3)).toBeGreaterThan(80);
});

test('while a long queue is delivered the screen is looked at for a fifth of the time, and the last of it always', async () => {
  const count = await looksInASecond(1_000);
  expect(count).toBeGreaterThanOrEqual(18);
  expect(count).toBeLessThanOrEqual(22);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(lookedAt).toBeGreaterThanOrEqual(broughtAt);
  expect(told).toBe(looks);
});

test('the rest after a long look is no longer than nobody sees', async () => {
  lookTakes = 100;
  const count = await looksInASecond(1_000);
  expect(count).toBeGreaterThanOrEqual(6);
  expect(count).toBeLessThanOrEqual(7);
});

test('what the agent does is looked at in the rest too', async () => {
  const screen = openScreen(1_000);
  screen.follow();
  await vi.advanceTimersByTimeAsync(LOOK_MS + 1);
  screen.follow();
  await vi.advanceTimersByTimeAsync(1);
  expect(looks).toBe(1);
  void screen.refresh();
  expect(looks).toBe(2);
});

test('a screen that was stopped in its rest looks no more', async () => {
  const screen = openScreen(1_000);
  screen.follow();
  await vi.advanceTimersByTimeAsync(LOOK_MS + 1);
  screen.follow();
  screen.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(looks).toBe(1);
});
