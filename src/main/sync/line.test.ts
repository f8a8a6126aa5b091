import { expect, test } from 'vitest';
import { branch, fakeTicket } from '../testing/fake-office.ts';
import { deskUnderTest } from '../testing/desk-under-test.ts';

const desk = deskUnderTest();

const stream = `branch:${branch}`;
const cutAndRestore = async (): Promise<void> => {
  await desk.goOffline();
  desk.server.restore();
  await desk.line('up');
};

test('[R7] after a cut the desk resumes from its cursor and has what it missed', async () => {
  desk.server.addTicket(1);
  await desk.startWorking();
  await desk.waiting(1);
  await desk.goOffline();
  desk.server.addTicket(2);
  desk.server.addTicket(3);
  desk.server.restore();
  await desk.waiting(3);
  expect(desk.server.authenticated.at(-1)?.cursors[stream]).toBe(1);
});

test('[R7] twenty cuts leave one socket and no ticket twice', async () => {
  await desk.startWorking();
  for (let number = 1; number <= 20; number += 1) {
    desk.server.addTicket(number);
    await cutAndRestore();
  }
  await desk.waiting(20);
  const { rows } = await desk.window.call('waiting.window', { from: 0, to: 50 });
  expect(new Set(rows.map(({ header }) => header.id)).size).toBe(20);
  expect(desk.server.sockets()).toBe(1);
});

test('[R10] a change that skips one makes the desk come back for it', async () => {
  await desk.startWorking();
  desk.server.addTicket(1);
  await desk.waiting(1);
  const body = { type: 'ticket.put', header: fakeTicket(9, 1) };
  desk.server.shout(JSON.stringify({ type: 'changes', stream, changes: [{ seq: 5, body }] }));
  await desk.window.until('line.changed', ({ state }) => state !== 'up');
  await desk.line('up');
  expect(desk.server.authenticated.at(-1)?.cursors[stream]).toBe(1);
  expect((await desk.waiting(1)).next?.header.number).toBe(1);
});

test('[R16] when the log no longer reaches back, the stream starts over, in parts', async () => {
  desk.server.addTicket(1);
  await desk.startWorking();
  await desk.waiting(1);
  await desk.goOffline();
  for (let number = 2; number <= 8; number += 1) desk.server.addTicket(number);
  desk.server.state.log.forgetUpTo(stream, 5);
  desk.server.faults.partSize = 3;
  desk.server.restore();
  const { next } = await desk.waiting(8);
  expect(next?.header.number).toBe(1);
});

test('a frame of a type that this version does not know is passed over', async () => {
  await desk.startWorking();
  desk.server.shout(JSON.stringify({ type: 'fireworks' }));
  desk.server.shout('no JSON at all');
  desk.server.addTicket(1);
  await desk.waiting(1);
  expect(desk.window.latest('line.changed')?.state).toBe('up');
});

test('an outage is one span: its start stays while the desk tries again and again', async () => {
  await desk.startWorking();
  desk.server.cut();
  const { since } = await desk.line('down');
  await desk.line('connecting');
  expect(await desk.line('down')).toMatchObject({ since, nextTryAt: expect.any(Number) });
  desk.server.restore();
  expect((await desk.line('up')).since).toBeGreaterThan(since);
});

test('[S2-12] the desk says when it last knew all that the server had', async () => {
  const before = Date.now();
  await desk.startWorking();
  const { syncedAt } = await desk.window.until('line.changed', (fact) => fact.syncedAt !== null);
  expect(syncedAt).toBeGreaterThanOrEqual(before);
  await desk.window.until('line.changed', (fact) => (fact.syncedAt ?? 0) > (syncedAt ?? 0));
});

test('a server that says nothing any more is taken for gone', async () => {
  await desk.restart({ silence: 200 });
  await desk.startWorking();
  desk.server.faults.isSilent = true;
  await desk.window.until('line.changed', ({ state }) => state !== 'up');
  desk.server.faults.isSilent = false;
  await desk.line('up');
  expect(desk.server.authenticated.length).toBeGreaterThan(1);
});

test('"Reintentar" does not wait for the next try', async () => {
  await desk.restart({ backoff: { base: 3_600_000, cap: 3_600_000 } });
  await desk.startWorking();
  desk.server.cut();
  const { nextTryAt } = await desk.window.until('line.changed', (fact) => fact.nextTryAt !== null);
  expect(nextTryAt).toBeGreaterThan(0);
  desk.server.restore();
  await desk.window.call('line.retryNow', {});
  await desk.line('up');
});

test('[R6] the screen gets the difference between the server’s clock and this machine’s', async () => {
  desk.server.state.now = () => Date.now() + 7_200_000;
  await desk.startWorking();
  const { clockOffset } = await desk.line('up');
  expect(Math.abs(clockOffset - 7_200_000)).toBeLessThan(2_000);
});

test('before anybody signs in the desk says whether the server is there', async () => {
  await desk.line('up');
  desk.server.cut();
  await desk.line('down');
  desk.server.restore();
  await desk.line('up');
  expect(desk.server.authenticated).toEqual([]);
});
