import { expect, test } from 'vitest';
import { compare } from './compare.ts';
import { stopRow } from './until-stopped.ts';

test('a row that is ended leaves through its finally blocks, though what it waits for never comes', async () => {
  const left: string[] = [];
  const measure = async (): Promise<void> => {
    try {
      const never = () => new Promise<number>(() => undefined);
      await compare(never, never);
    } finally {
      left.push('its folder is gone');
    }
  };
  const measured = measure();
  stopRow();
  await expect(measured).rejects.toThrow('The row was ended.');
  expect(left).toStrictEqual(['its folder is gone']);
});
