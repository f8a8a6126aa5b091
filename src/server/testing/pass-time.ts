import { vi } from 'vitest';
import type { TestServer } from './open-server.ts';

const STEP_MS = 1_000;
const EVERY_MS = 50;

/** Lets the clock of a server run on quickly, yet so that its polls see no leap, until something has come true. */
export async function passTimeUntil(server: Pick<TestServer, 'clock'>, isTrue: () => boolean): Promise<void> {
  await vi.waitFor(
    () => {
      if (isTrue()) return;
      server.clock.now += STEP_MS;
      throw new Error('time passes');
    },
    { interval: EVERY_MS, timeout: 20_000 },
  );
}

/** The same until this has been done, whose outcome it returns. */
export async function passTimeDuring<Outcome>(
  server: Pick<TestServer, 'clock'>,
  work: Promise<Outcome>,
): Promise<Outcome> {
  let isDone = false;
  const [outcome] = await Promise.all([work.finally(() => (isDone = true)), passTimeUntil(server, () => isDone)]);
  return outcome;
}
