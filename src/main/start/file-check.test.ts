import { expect, test } from 'vitest';
import { createFileCheck } from './file-check.ts';

const failing = (times: number) => {
  let left = times;
  return async (): Promise<string> => {
    left -= 1;
    if (left >= 0) throw new Error('database disk image is malformed');
    return 'done';
  };
};

test('[R14] what comes upon a damaged file is done again once the file has begun anew', async () => {
  const told: (readonly string[])[] = [];
  const files = createFileCheck({ check: async () => ['centro'], rebuilt: (branchIds) => told.push(branchIds) });
  await expect(files.mended(failing(1))).resolves.toBe('done');
  expect(told).toEqual([['centro']]);
});

test('[R14] a failure that no damage explains is thrown, and nothing is told', async () => {
  const files = createFileCheck({ check: async () => [], rebuilt: () => expect.unreachable() });
  await expect(files.mended(failing(1))).rejects.toThrow('malformed');
});

test('[R14] damage that a check beside it has found is enough to try again', async () => {
  const found: string[][] = [['centro'], []];
  const files = createFileCheck({ check: async () => found.shift() ?? [], rebuilt: () => undefined });
  const meets = failing(1);
  const asked = files.mended(async () => {
    await files.run();
    return meets();
  });
  await expect(asked).resolves.toBe('done');
});
