import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChangeBody } from '../../protocol/change.ts';
import type { ContactId } from '../../protocol/ids.ts';
import { branchFileOf } from '../testing/fake-images.ts';
import { ana, branch, caja, company, fakeOffice, fakeTicket, idOf } from '../testing/fake-office.ts';
import { startFakeServer, type FakeServer } from '../testing/fake-server.ts';
import { createDeskHome, openTestDesk, startWorking, type DeskHome, type OpenDesk } from '../testing/test-desk.ts';
import { attachTestWindow } from '../testing/test-window.ts';

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

const restart = async (): Promise<void> => {
  await desk.stop();
  desk = await openTestDesk(home, server);
};
const notice = async (): Promise<unknown> => {
  const fact = await desk.window.until('session.changed', ({ state }) => state === 'signedOut');
  return fact.state === 'signedOut' ? fact.storeNotice : undefined;
};
const attendNow = () =>
  desk.window.call('act', { type: 'ticket.attendNow', serviceId: caja, customer: { type: 'none' } });
const utf16 = (text: string): string => Buffer.from(text, 'utf16le').toString('latin1');
/** Every byte that the desk keeps on disk. */
const onDisk = (): string =>
  readdirSync(home.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'))
    .join('\n');

test('[T10] nothing that a customer or an agent said can be read in the files of the desk', async () => {
  await startWorking(desk.window);
  const { ticketId } = await attendNow();
  await desk.window.until('outbox.changed', ({ pending }) => pending.length === 0);
  const contact = {
    id: idOf<ContactId>('8', 1),
    version: 1,
    documentType: 'CC',
    documentNumber: '1032400001',
    firstName: 'Canaria',
    lastName: 'Secretísima',
    phone: '+573001234567',
    email: 'canaria@ejemplo.test',
    createdAt: 1,
    updatedAt: 1,
    updatedByName: null,
  };
  server.say(`agent:${ana}`, {
    type: 'content.put',
    content: { ticketId: ticketId!, contact, topicIds: [], events: [] },
  });
  await desk.window.until('current.changed', ({ ticket }) => ticket?.contact?.firstName === 'Canaria');
  server.cut();
  await desk.window.until('line.changed', ({ state }) => state !== 'up');
  await desk.window.call('act', { type: 'note.add', ticketId: ticketId!, text: 'nota-canaria' });
  await desk.window.call('draft.save', { ticketId: ticketId!, text: 'borrador-canario' });
  await desk.window.call('act', {
    type: 'contact.edit',
    ticketId: ticketId!,
    contactId: contact.id,
    changes: { phone: { from: contact.phone, to: '+573007654321' } },
  });
  expect(desk.window.latest('current.changed')).toMatchObject({
    draft: 'borrador-canario',
    ticket: { contact: { phone: '+573007654321' }, pendingFields: ['phone'] },
  });
  const bytes = onDisk();
  expect(bytes).toContain('SQLite format 3');
  for (const canary of [
    '1032400001',
    'Canaria',
    'canaria@',
    '3001234567',
    '3007654321',
    'nota-canaria',
    'borrador-canario',
  ]) {
    expect(bytes).not.toContain(canary);
  }
  expect(bytes).not.toContain('ana@demo.test');
  expect(bytes).not.toContain('argon2');
});

test('[T10] after a working day no document, phone or message of twenty customers can be found in the data folder', async () => {
  await startWorking(desk.window);
  await desk.window.call('act', { type: 'status.setManual', isManual: true });
  await desk.window.call('act', { type: 'status.choose', state: 'online' });
  const canaries: string[] = [];
  let number = 0;
  /** One customer: called with the line or attended without, a note, a draft, a corrected phone, and the end. */
  const attend = async (hasLine: boolean): Promise<void> => {
    number += 1;
    // This day lasts a second, and what a window may ask in a second has a limit: each customer has one of their own.
    desk = { ...desk, window: attachTestWindow(desk.attach) };
    const digits = String(number).padStart(4, '0');
    const own = {
      document: `1098765${digits}`,
      phone: `+57310765${digits}`,
      corrected: `+57320765${digits}`,
      note: `nota-canaria-${digits}`,
      draft: `borrador-canario-${digits}`,
      name: `Canaria${digits}`,
      mail: `canaria${digits}@ejemplo.test`,
    };
    canaries.push(...Object.values(own));
    const written = {
      documentType: 'CC',
      documentNumber: own.document,
      firstName: own.name,
      phone: own.phone,
      email: own.mail,
    };
    const { ticketId } = await desk.window.call('act', {
      type: 'ticket.attendNow',
      serviceId: caja,
      customer: { type: 'new', contact: written },
    });
    await desk.window.until('current.changed', ({ ticket }) => ticket?.header.id === ticketId);
    const contactId = idOf<ContactId>('8', number);
    if (hasLine) {
      await desk.window.until('outbox.changed', ({ pending }) => pending.length === 0);
      const contact = {
        ...written,
        id: contactId,
        version: 1,
        lastName: '',
        createdAt: 1,
        updatedAt: 1,
        updatedByName: null,
      };
      server.say(`agent:${ana}`, {
        type: 'content.put',
        content: { ticketId: ticketId!, contact, topicIds: [], events: [] },
      });
      await desk.window.until('current.changed', ({ ticket }) => ticket?.contact?.id === contactId);
      await desk.window.call('act', {
        type: 'contact.edit',
        ticketId: ticketId!,
        contactId,
        changes: { phone: { from: own.phone, to: own.corrected } },
      });
    }
    await desk.window.call('draft.save', { ticketId: ticketId!, text: own.draft });
    await desk.window.call('act', { type: 'note.add', ticketId: ticketId!, text: own.note });
    await desk.window.call('act', { type: 'attention.finish', ticketId: ticketId! });
    await desk.window.until('current.changed', ({ ticket }) => ticket === null);
  };
  for (let index = 0; index < 15; index += 1) await attend(true);
  server.cut();
  await desk.window.until('line.changed', ({ state }) => state !== 'up');
  for (let index = 0; index < 5; index += 1) await attend(false);
  // At work, with the journals open; and after the end, with everything written to its place.
  const atWork = onDisk();
  await desk.stop();
  const afterwards = onDisk();
  expect(canaries).toHaveLength(140);
  for (const bytes of [atWork, afterwards]) {
    expect(bytes).toContain('SQLite format 3');
    // It would be found: what is not secret is.
    expect(bytes).toContain(branch);
    expect(canaries.filter((canary) => bytes.includes(canary) || bytes.includes(utf16(canary)))).toEqual([]);
  }
  desk = await openTestDesk(home, server);
});

test('[R14] an emptied cache is said at sign-in, and everything comes back from the server', async () => {
  server.addTicket(1);
  await startWorking(desk.window);
  const { ticketId } = await attendNow();
  server.cut();
  await desk.window.until('line.changed', ({ state }) => state !== 'up');
  await desk.window.call('act', { type: 'note.add', ticketId: ticketId!, text: 'queda' });
  await desk.stop();
  truncateSync(join(home.databaseFolder, 'cache.db'), 0);
  server.restore();
  desk = await openTestDesk(home, server);
  expect(await notice()).toMatchObject({ type: 'cacheRebuilt' });
  await startWorking(desk.window);
  await desk.window.until('waiting.changed', ({ count }) => count === 1);
  await desk.window.until('outbox.changed', ({ pending }) => pending.length === 0);
  const { ticket } = await desk.window.until('current.changed', (fact) => fact.ticket?.isPending === false);
  expect(ticket?.timeline?.at(-1)?.event.fact).toMatchObject({ type: 'note.added', text: 'queda' });
});

test('[R15] files of a newer version: the desk says so, does nothing and leaves them', async () => {
  await startWorking(desk.window);
  await desk.stop();
  const path = join(home.databaseFolder, 'cache.db');
  const db = new Database(path);
  db.pragma('user_version = 999');
  db.close();
  desk = await openTestDesk(home, server);
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
  await desk.stop();
  home.remove();
  home = createDeskHome(null);
  desk = await openTestDesk(home, server);
  expect(await notice()).toEqual({ type: 'noSafeStore' });
  await startWorking(desk.window);
  const { ticketId } = await attendNow();
  await desk.window.until('current.changed', ({ ticket }) => ticket?.header.id === ticketId);
  await desk.window.call('act', { type: 'note.add', ticketId: ticketId!, text: 'con línea' });
  await expect(desk.window.call('draft.save', { ticketId: ticketId!, text: 'x' })).rejects.toMatchObject({
    body: { code: 'NO_SAFE_STORE' },
  });
  server.cut();
  await desk.window.until('line.changed', ({ state }) => state !== 'up');
  await expect(
    desk.window.call('act', { type: 'note.add', ticketId: ticketId!, text: 'sin línea' }),
  ).rejects.toMatchObject({ body: { code: 'NO_SAFE_STORE' } });
  expect(onDisk()).not.toContain('con línea');
});

test('[S2-10] the line is in the order of service and says why, and its windows are parts of it', async () => {
  const now = Date.now();
  server.addTicket(1, { waitingSince: now - 60_000 });
  server.addTicket(2, { waitingSince: now - 240_000 });
  server.addTicket(3, { waitingSince: now - 200_000, priority: 'preferente' });
  await startWorking(desk.window);
  const fact = await desk.window.until('waiting.changed', ({ count }) => count === 3);
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
  server.addTicket(1);
  await startWorking(desk.window);
  await desk.window.until('waiting.changed', ({ count }) => count === 1);
  await restart();
  await startWorking(desk.window);
  await desk.window.until('waiting.changed', ({ count }) => count === 1);
  expect(server.authenticated.at(-1)?.cursors).toMatchObject({ [`branch:${branch}`]: 1, [`company:${company}`]: 1 });
});

test('a change of the configuration reaches the screen', async () => {
  await startWorking(desk.window);
  const office = fakeOffice();
  const [first] = office.branches;
  server.say(`company:${company}`, {
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
  const bodies = Array.from({ length: 9_000 }, (_, index): ChangeBody => {
    return { type: 'ticket.put', header: fakeTicket(index + 1, 1_000, { state: 'closed', closedAt: Date.now() }) };
  });
  const bytes = await branchFileOf(`branch:${branch}`, 9_000, bodies);
  bytes.fill(0xa5, bytes.length - 8 * 4096, bytes.length - 4 * 4096);
  writeFileSync(join(home.databaseFolder, `branch-${branch}.db`), bytes);
  desk = await openTestDesk(home, server);
  expect(await notice()).toBeNull();
  await desk.window.until(
    'session.changed',
    (fact) => fact.state === 'signedOut' && fact.storeNotice?.type === 'cacheRebuilt',
  );
  await startWorking(desk.window);
  await desk.window.until('line.changed', ({ state }) => state === 'up');
});
