import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepListening } from './keep-listening.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => vi.useRealTimers());

test('a server that takes nobody in is tried once a second, and no more once it is stopped', async () => {
  let attempts = 0;
  const server = createServer((socket) => {
    attempts += 1;
    socket.resume().end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  let failed = Promise.withResolvers<void>();
  const log = pino({ level: 'warn' }, { write: () => failed.resolve() });
  const { port } = server.address() as AddressInfo;
  const wire = keepListening({
    url: `postgres://nobody@127.0.0.1:${port}/nothing`,
    channel: 'things',
    log,
    heard: () => undefined,
    joined: () => undefined,
  });
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await failed.promise;
    // Whatever else comes of this attempt comes in the same turn.
    await setImmediate();
    expect(attempts).toBe(attempt);
    expect(vi.getTimerCount()).toBe(1);
    failed = Promise.withResolvers<void>();
    if (attempt < 3) vi.advanceTimersByTime(1_000);
  }
  await wire.stop();
  expect(vi.getTimerCount()).toBe(0);
  server.close();
  await once(server, 'close');
});
