import { afterEach, expect, test } from 'vitest';
import { createSeatArrival } from './seat-arrival.ts';

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
process.on('unhandledRejection', note);
afterEach(() => process.off('unhandledRejection', note));

test('an agent who is gone while still sitting down is refused, and nothing is left unheard', async () => {
  const arrival = createSeatArrival(() => undefined);
  const sitting = arrival.wait(false, async () => {
    arrival.left();
    await new Promise(setImmediate);
  });
  await expect(sitting).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await new Promise(setImmediate);
  expect(unhandled).toEqual([]);
});
