import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { branchFileOf } from '../testing/fake-images.ts';
import { branch, caja, company, fakeOffice, fakeTicket } from '../testing/fake-office.ts';
import type { ChangeBody } from '../../protocol/change.ts';
import { deskUnderTest } from '../testing/desk-under-test.ts';
import { createDeskHome } from '../testing/test-desk.ts';

const desk = deskUnderTest();

const notice = async (): Promise<unknown> => {
  const fact = await desk.signedOut();
  return fact.state === 'signedOut' ? fact.storeNotice : undefined;
};

test('[R14] an emptied cache is said at sign-in, and everything comes back from the server', async () => {
  desk.server.addTicket(1);
  await desk.startWorking();
  const { ticketId } = await desk.attendNow();
  await desk.goOffline();
  await desk.window.call('act', { type: 'note.add', ticketId, text: 'queda' });
  await desk.stop();
  truncateSync(join(desk.home.databaseFolder, 'cache.db'), 0);
  desk.server.restore();
  await desk.open();
  expect(await notice()).toMatchObject({ type: 'cacheRebuilt' });
  await desk.startWorking();
  await desk.waiting(1);
  await desk.allSent();
  const { ticket } = await desk.window.until('current.changed', (fact) => fact.ticket?.isPending === false);
  expect(ticket?.timeline?.at(-1)?.event.fact).toMatchObject({ type: 'note.added', text: 'queda' });
});

test('[R15] files of a newer version: the desk says so, does nothing and leaves them', async () => {
  await desk.startWorking();
  await desk.stop();
  const path = join(desk.home.databaseFolder, 'cache.db');
  const db = new Database(path);
  db.pragma('user_version = 999');
  db.close();
  await desk.open();
  expect(await notice()).toEqual({ type: 'cacheNewer' });
  await expect(desk.window.call('session.signIn', { email: 'ana@demo.test', password: 'x' })).rejects.toMatchObject({
    // In the machine's language: the agent's own cannot be read.
    body: {
      code: 'CLIENT_TOO_OLD',
      title: 'Esta versão já não é aceita. Atualize o aplicativo; suas pendências continuam guardadas.',
    },
  });
  const after = new Database(path, { readonly: true });
  expect(after.pragma('user_version', { simple: true })).toBe(999);
  after.close();
});

test('[T10] without a safe place for a key acts need the line, drafts are refused, and the desk says why', async () => {
  await desk.moveTo(createDeskHome(null));
  expect(await notice()).toEqual({ type: 'noSafeStore' });
  await desk.startWorking();
  const { ticketId } = await desk.attendNow();
  await desk.window.until('current.changed', ({ ticket }) => ticket?.header.id === ticketId);
  await desk.window.call('act', { type: 'note.add', ticketId, text: 'con línea' });
  await expect(desk.window.call('draft.save', { ticketId, text: 'x' })).rejects.toMatchObject({
    body: { code: 'NO_SAFE_STORE' },
  });
  await desk.goOffline();
  await expect(desk.window.call('act', { type: 'note.add', ticketId, text: 'sin línea' })).rejects.toMatchObject({
    body: { code: 'NO_SAFE_STORE' },
  });
  expect(desk.onDisk()).not.toContain('con línea');
});

test('[S2-10] the line is in the order of service and says why, and its windows are parts of it', async () => {
  const now = Date.now();
  desk.server.addTicket(1, { waitingSince: now - 60_000 });
  desk.server.addTicket(2, { waitingSince: now - 240_000 });
  desk.server.addTicket(3, { waitingSince: now - 200_000, priority: 'preferente' });
  await desk.startWorking();
  const fact = await desk.waiting(3);
  const { rows, version } = await desk.window.call('waiting.window', { from: 0, to: 2 });
  expect(rows.map(({ header }) => header.number)).toEqual([3, 2]);
  expect(rows[0]?.reasons.map(({ type }) => type)).toEqual(['mainService', 'preferente', 'waited']);
  expect(version).toBe(fact.version);
  expect(fact.next?.header.number).toBe(3);
  expect(fact.services.find(({ serviceId }) => serviceId === caja)).toMatchObject({
    waiting: 3,
    oldestSince: now - 240_000,
  });
});

test('a desk that starts again resumes where it was', async () => {
  desk.server.addTicket(1);
  await desk.startWorking();
  await desk.waiting(1);
  await desk.restart();
  await desk.startWorking();
  await desk.waiting(1);
  expect(desk.server.authenticated.at(-1)?.cursors).toMatchObject({
    [`branch:${branch}`]: 1,
    [`company:${company}`]: 1,
  });
});

test('a change of the configuration reaches the screen', async () => {
  await desk.startWorking();
  const office = fakeOffice();
  const [first] = office.branches;
  desk.server.say(`company:${company}`, {
    type: 'office.put',
    office: { ...office, branches: [{ ...first!, name: 'Otra' }] },
  });
  const fact = await desk.window.until(
    'session.changed',
    (now) => now.state === 'working' && now.branch.name === 'Otra',
  );
  expect(fact.state).toBe('working');
});

test('[R14] a branch too large to be read at the start opens at once; its damage is found later, told, and mended by the server', async () => {
  await desk.stop();
  const bodies = Array.from({ length: 40_000 }, (_, index): ChangeBody => {
    return { type: 'ticket.put', header: fakeTicket(index + 1, 1_000, { state: 'closed', closedAt: Date.now() }) };
  });
  const bytes = await branchFileOf(`branch:${branch}`, 40_000, bodies);
  expect(bytes.length).toBeGreaterThan(8 * 1024 * 1024);
  bytes.fill(0xa5, bytes.length - 8 * 4096, bytes.length - 4 * 4096);
  writeFileSync(join(desk.home.databaseFolder, `branch-${branch}.db`), bytes);
  await desk.open();
  expect(await notice()).toBeNull();
  await desk.window.until(
    'session.changed',
    (fact) => fact.state === 'signedOut' && fact.storeNotice?.type === 'cacheRebuilt',
  );
  await desk.startWorking();
  await desk.window.until('line.changed', ({ state }) => state === 'up');
});
