import { expect, test } from 'vitest';
import { compareTails, percentile, tail } from './compare-tails.ts';

test('a percentile is the smallest value that the share does not exceed', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentile(hundred, 0.5)).toBe(50);
  expect(percentile(hundred, 0.99)).toBe(99);
  expect(percentile([7], 0.99)).toBe(7);
});

test('tails are pooled over rounds, and equal halves have a control of 1', async () => {
  const slow = async () => Array.from({ length: 100 }, (_, index) => 2 * (index + 1));
  const fast = async () => Array.from({ length: 100 }, (_, index) => index + 1);
  const figure = tail('live', 0.99, await compareTails(slow, fast, 2), { atMost: 2 });
  expect(figure).toMatchObject({ name: 'live, p99 of 400', ours: 198, theirs: 99, ratio: 2, control: 1 });
});

test('halves that differ make it pool once more with twice the rounds', async () => {
  let turn = 0;
  const drifting = async () => [(turn += 1)];
  const result = await compareTails(
    async () => [1],
    drifting,
    1,
    () => Infinity,
  );
  expect(result.ours).toHaveLength(4);
});

test('halves that differ are left at that where the row has no time for twice the rounds', async () => {
  let turn = 0;
  const drifting = async () => [(turn += 1)];
  const result = await compareTails(
    async () => [1],
    drifting,
    1,
    () => 0,
  );
  expect(result.ours).toHaveLength(2);
});
