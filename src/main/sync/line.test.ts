import { afterEach, beforeEach, expect, test } from 'vitest';
import { branch, fakeTicket } from '../testing/fake-office.ts';
import { startFakeServer, type FakeServer } from '../testing/fake-server.ts';
import {
  createDeskHome,
  openTestDesk,
  quickTimings,
  startWorking,
  type DeskHome,
  type OpenDesk,
} from '../testing/test-desk.ts';

let server: FakeServer;
let home: DeskHome;
let desk: OpenDesk;

beforeEach(async () => {
  server = await startFakeServer();
  home = createDeskHome();
  desk = await openTestDesk(home, server);
});
afterEach(async () => {
  await desk.stop();
  await server.stop();
  home.remove();
});

const stream = `branch:${branch}`;
const waiting = (count: number) => desk.window.until('waiting.changed', (fact) => fact.count === count);
const line = (state: 'up' | 'down' | 'connecting') => desk.window.until('line.changed', (fact) => fact.state === state);
const cutAndRestore = async (): Promise<void> => {
  server.cut();
  await desk.window.until('line.changed', ({ state }) => state !== 'up');
  server.restore();
  await line('up');
};

test('[R7] after a cut the desk resumes from its cursor and has what it missed', async () => {
  server.addTicket(1);
  await startWorking(desk.window);
  await waiting(1);
  server.cut();
  await desk.window.until('line.changed', ({ state }) => state !== 'up');
  server.addTicket(2);
  server.addTicket(3);
  server.restore();
  await waiting(3);
  expect(server.authenticated.at(-1)?.cursors[stream]).toBe(1);
});

test('[R7] twenty cuts leave one socket and no ticket twice', async () => {
  await startWorking(desk.window);
  for (let number = 1; number <= 20; number += 1) {
    server.addTicket(number);
    await cutAndRestore();
  }
  await waiting(20);
  const { rows } = await desk.window.call('waiting.window', { from: 0, to: 50 });
  expect(new Set(rows.map(({ header }) => header.id)).size).toBe(20);
  expect(server.sockets()).toBe(1);
});

test('[R10] a change that skips one makes the desk come back for it', async () => {
  await startWorking(desk.window);
  server.addTicket(1);
  await waiting(1);
  const body = { type: 'ticket.put', header: fakeTicket(9, 1) };
  server.shout(JSON.stringify({ type: 'changes', stream, changes: [{ seq: 5, body }] }));
  await desk.window.until('line.changed', ({ state }) => state !== 'up');
  await line('up');
  expect(server.authenticated.at(-1)?.cursors[stream]).toBe(1);
  expect((await waiting(1)).next?.header.number).toBe(1);
});

test('[R16] when the log no longer reaches back, the stream starts over, in parts', async () => {
  server.addTicket(1);
  await startWorking(desk.window);
  await waiting(1);
  server.cut();
  await desk.window.until('line.changed', ({ state }) => state !== 'up');
  for (let number = 2; number <= 8; number += 1) server.addTicket(number);
  server.state.log.forgetUpTo(stream, 5);
  server.faults.partSize = 3;
  server.restore();
  const { next } = await waiting(8);
  expect(next?.header.number).toBe(1);
});

test('a frame of a type that this version does not know is passed over', async () => {
  await startWorking(desk.window);
  server.shout(JSON.stringify({ type: 'fireworks' }));
  server.shout('no JSON at all');
  server.addTicket(1);
  await waiting(1);
  expect(desk.window.latest('line.changed')?.state).toBe('up');
});

test('an outage is one span: its start stays while the desk tries again and again', async () => {
  await startWorking(desk.window);
  server.cut();
  const { since } = await line('down');
  await desk.window.until('line.changed', ({ state }) => state === 'connecting');
  expect(await line('down')).toMatchObject({ since, nextTryAt: expect.any(Number) });
  server.restore();
  expect((await line('up')).since).toBeGreaterThan(since);
});

test('[S2-12] the desk says when it last knew all that the server had', async () => {
  const before = Date.now();
  await startWorking(desk.window);
  const { syncedAt } = await desk.window.until('line.changed', (fact) => fact.syncedAt !== null);
  expect(syncedAt).toBeGreaterThanOrEqual(before);
  await desk.window.until('line.changed', (fact) => (fact.syncedAt ?? 0) > (syncedAt ?? 0));
});

test('a server that says nothing any more is taken for gone', async () => {
  await desk.stop();
  desk = await openTestDesk(home, server, { ...quickTimings, silence: 200 });
  await startWorking(desk.window);
  server.faults.isSilent = true;
  await desk.window.until('line.changed', ({ state }) => state !== 'up');
  server.faults.isSilent = false;
  await line('up');
  expect(server.authenticated.length).toBeGreaterThan(1);
});

test('"Reintentar" does not wait for the next try', async () => {
  await desk.stop();
  desk = await openTestDesk(home, server, { ...quickTimings, backoff: { base: 3_600_000, cap: 3_600_000 } });
  await startWorking(desk.window);
  server.cut();
  const { nextTryAt } = await desk.window.until('line.changed', (fact) => fact.nextTryAt !== null);
  expect(nextTryAt).toBeGreaterThan(0);
  server.restore();
  await desk.window.call('line.retryNow', {});
  await line('up');
});

test('[R6] the screen gets the difference between the server’s clock and this machine’s', async () => {
  server.state.now = () => Date.now() + 7_200_000;
  await startWorking(desk.window);
  const { clockOffset } = await desk.window.until('line.changed', ({ state }) => state === 'up');
  expect(Math.abs(clockOffset - 7_200_000)).toBeLessThan(2_000);
});

test('before anybody signs in the desk says whether the server is there', async () => {
  await line('up');
  server.cut();
  await line('down');
  server.restore();
  await line('up');
  expect(server.authenticated).toEqual([]);
});
