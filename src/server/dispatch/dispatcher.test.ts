import { expect, test, vi } from 'vitest';
import { createDispatcher } from './dispatcher.ts';

test('each thing that cannot be looked at is named in the log, and holds up none of the others', async () => {
  const error = vi.fn();
  const brokenDatabase = new Proxy(
    {},
    {
      get: () => {
        throw new Error('no database');
      },
    },
  );
  const dispatcher = createDispatcher();
  const context = { store: { db: brokenDatabase }, clock: () => 0, log: { error } };
  dispatcher.start(context as never);
  await vi.waitFor(() => expect(error).toHaveBeenCalledTimes(3));
  await dispatcher.stop();
  expect(error.mock.calls.map(([, message]) => message as string)).toEqual([
    'due times could not be read',
    'lost desks could not be read',
    'silent calls could not be read',
  ]);
});
