import { expect, test } from 'vitest';
import { compare, median } from './compare.ts';

test('the median of an even number of values lies between the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([3, 1, 2])).toBe(2);
});

test('a side that takes twice as long has the ratio 2, and equal samples a control of 1', async () => {
  const result = await compare(
    async () => 20,
    async () => 10,
  );
  expect(result.ratio).toBe(2);
  expect(result.control).toBe(1);
});

test('a control out of range makes the run inconclusive, after one repetition with twice the pairs', async () => {
  let turn = 0;
  // ABBA: within a pair the second sample of theirs follows the first; which is divided by which alternates.
  const noisy = async () => {
    turn += 1;
    const isWarmUp = turn <= 2;
    const pair = Math.floor((turn - 3) / 2);
    const isFirst = turn % 2 === 1;
    return isWarmUp || isFirst === (pair % 2 === 0) ? 20 : 10;
  };
  const result = await compare(
    async () => 10,
    noisy,
    15,
    () => Infinity,
  );
  expect(result.pairs).toBe(30);
});

test('a control out of range leaves it at that where the row has no time for twice the pairs', async () => {
  let turn = 0;
  const drifting = async () => 2 ** (turn += 1);
  const result = await compare(
    async () => 10,
    drifting,
    15,
    () => 0,
  );
  expect(result.pairs).toBe(15);
});
