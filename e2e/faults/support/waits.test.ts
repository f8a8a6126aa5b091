import { expect, test } from 'vitest';
import { createWaits } from './waits.ts';

const never = new Promise<never>(() => undefined);

test('work that does not end fails with who waits for what, and not with what has come', async () => {
  const waits = createWaits();
  const come = waits.on('the first desk for the line', Promise.resolve('up'));
  void waits.on('the second desk for its server', never);
  expect(await come).toBe('up');
  const failure = await waits
    .within(1, never, () => ['the second desk: signedOut'])
    .catch((error: Error) => error.message);
  expect(failure).toMatch(
    /^it does not end within 0\.001 s\nthe second desk for its server: for \d+\.\d s\nthe second desk: signedOut$/,
  );
});

test('what ends in time gives what it gives, and its own failure', async () => {
  const waits = createWaits();
  expect(await waits.within(60_000, Promise.resolve(7), () => [])).toBe(7);
  await expect(waits.within(60_000, Promise.reject(new Error('gone')), () => [])).rejects.toThrow('gone');
});
