import { expect, test } from 'vitest';
import { Takes } from './takes.ts';

const ana = { companyId: 'company', branchId: 'branch', holder: 'Ana' };

test('[R1] of many who come at once one may take the ticket, and the others hear who has it', async () => {
  const takes = new Takes();
  const comers = Array.from({ length: 5 }, () => takes.enter('ticket'));
  const [first, ...others] = comers;
  const entered = await first;
  if (!entered || !('end' in entered)) throw new Error('nobody may take it');
  entered.end(ana);
  expect(await Promise.all(others)).toEqual(Array.from({ length: 4 }, () => ({ taken: ana })));
});

test('where nobody got it the next may try, one at a time', async () => {
  const takes = new Takes();
  let inside = 0;
  const most: number[] = [];
  await Promise.all(
    Array.from({ length: 5 }, async () => {
      const entered = await takes.enter('ticket');
      if (!('end' in entered)) throw new Error('nobody has it');
      inside += 1;
      most.push(inside);
      await Promise.resolve();
      inside -= 1;
      entered.end(null);
    }),
  );
  expect(most).toEqual([1, 1, 1, 1, 1]);
});

test('takes of other tickets do not wait, and one who comes later tries anew', async () => {
  const takes = new Takes();
  const here = await takes.enter('one');
  expect(await takes.enter('two')).toHaveProperty('end');
  if (!('end' in here)) throw new Error('nobody may take it');
  here.end(ana);
  expect(await takes.enter('one')).toHaveProperty('end');
});
