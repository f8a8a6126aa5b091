import { expect, test } from 'vitest';
import { Takes } from './takes.ts';

test('[R1] of many who come at once one may take the ticket, and the others hear that it is held', async () => {
  const takes = new Takes();
  const [first, ...others] = Array.from({ length: 5 }, () => takes.enter('ticket'));
  const end = await first;
  if (!end) throw new Error('nobody may take it');
  end(true);
  expect(await Promise.all(others)).toEqual([null, null, null, null]);
});

test('where nobody got it the next may try, one at a time', async () => {
  const takes = new Takes();
  let inside = 0;
  const most: number[] = [];
  await Promise.all(
    Array.from({ length: 5 }, async () => {
      const end = await takes.enter('ticket');
      if (!end) throw new Error('nobody has it');
      inside += 1;
      most.push(inside);
      await Promise.resolve();
      inside -= 1;
      end(false);
    }),
  );
  expect(most).toEqual([1, 1, 1, 1, 1]);
});

test('takes of other tickets do not wait, and one who comes later tries anew', async () => {
  const takes = new Takes();
  const end = await takes.enter('one');
  expect(await takes.enter('two')).not.toBeNull();
  end?.(true);
  expect(await takes.enter('one')).not.toBeNull();
});

test('[R7] a take that never ends holds up the next for a while only', async () => {
  const takes = new Takes(10);
  await takes.enter('ticket');
  const end = await takes.enter('ticket');
  expect(end).not.toBeNull();
  const third = takes.enter('ticket');
  end?.(true);
  expect(await third).toBeNull();
});
