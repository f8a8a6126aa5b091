import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newSending, nextSending, sendingSteps } from './next-sending.ts';
import type { SendingStep } from './next-sending.ts';
import type { Quality } from './quality.ts';

const NINE = Date.UTC(2026, 5, 1, 9);

/** The steps over time, with a reading every second; each change with its second. */
function stepsOf(readings: [Quality, number][]): [number, SendingStep][] {
  let sending = newSending(NINE, false);
  let second = 0;
  const changes: [number, SendingStep][] = [];
  for (const [quality, seconds] of readings) {
    for (let count = 0; count < seconds; count += 1) {
      second += 1;
      const { step } = sending;
      sending = nextSending(sending, quality, NINE + second * 1_000);
      if (sending.step !== step) changes.push([second, sending.step]);
    }
  }
  return changes;
}

test('[CL9] a poor line takes the picture away step by step, a good one gives it back more slowly', () => {
  expect(
    stepsOf([
      ['poor', 20],
      ['good', 80],
    ]),
  ).toEqual([
    [3, 'reduced'],
    [5, 'low'],
    [7, 'minimal'],
    [9, 'audioOnly'],
    [51, 'minimal'],
    [61, 'low'],
    [71, 'reduced'],
    [81, 'full'],
  ]);
});

test('[CL9] a weak line never takes the whole picture, and a short one changes nothing', () => {
  expect(stepsOf([['weak', 100]]).at(-1)).toEqual([25, 'minimal']);
  expect(
    stepsOf([
      ['poor', 2],
      ['good', 5],
      ['weak', 8],
      ['good', 9],
    ]),
  ).toEqual([]);
});

test('[CL9] moves by one step at a time', () => {
  const quality = fc.constantFrom<Quality>('good', 'weak', 'poor');
  fc.assert(
    fc.property(fc.array(fc.tuple(quality, fc.integer({ min: 0, max: 40_000 }))), (readings) => {
      let sending = newSending(NINE, false);
      let at = NINE;
      for (const [next, later] of readings) {
        at += later;
        const before = sendingSteps.indexOf(sending.step);
        sending = nextSending(sending, next, at);
        expect(Math.abs(sendingSteps.indexOf(sending.step) - before)).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('[CL9] [RD3] a call over a line that was found too weak begins with sound alone, and the picture comes once it proves good', () => {
  let sending = newSending(NINE, true);
  expect(sending.step).toBe('audioOnly');
  sending = nextSending(sending, 'good', NINE + 29_999);
  expect(sending.step).toBe('audioOnly');
  sending = nextSending(sending, 'good', NINE + 30_000);
  expect(sending.step).toBe('minimal');
  expect(nextSending(newSending(NINE, true), 'poor', NINE + 60_000).step).toBe('audioOnly');
});
