import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PASSWORD } from '../../src/main/testing/fake-office.ts';
import { startFakeServer, type FakeServer } from '../../src/main/testing/fake-server.ts';
import { startBuiltDesk, type BuiltDesk } from './testing/built-desk.ts';
import { holdTicket, signIn } from './testing/work-at-desk.ts';

let server: FakeServer;
let desk: BuiltDesk;

beforeEach(async () => {
  server = await startFakeServer();
  desk = startBuiltDesk({ serverUrl: server.url.href });
  await desk.ready;
});
afterEach(async () => {
  await desk?.close();
  await server?.stop();
});

test('leaving with a ticket in hand is asked, and staying is the default', async () => {
  await signIn(desk);
  await holdTicket(desk, server, 12, true);
  const asked = await desk.evaluate(async ({ tray, dialogs, window }) => {
    tray.menu?.choose('Salir');
    await new Promise((resolve) => setImmediate(resolve));
    return { asked: dialogs.asked, isDestroyed: window.isDestroyed() };
  });
  expect(asked.isDestroyed).toBe(false);
  expect(asked.asked).toMatchObject([{ message: 'Hay una atención en curso: C-012', defaultId: 0, cancelId: 0 }]);
  await desk.evaluate(({ tray, dialogs }) => {
    dialogs.answer = () => 1;
    setImmediate(() => tray.menu?.choose('Salir'));
  });
  expect(await desk.ended).toBe(0);
});

test('leaving without a ticket in hand is not asked, and everything is written', async () => {
  await signIn(desk);
  await desk.evaluate(({ tray }) => void setImmediate(() => tray.menu?.choose('Salir')));
  expect(await desk.ended).toBe(0);
  // SQLite removes the log when the last connection closes in order.
  const database = join(desk.folder, 'data/desk-1/database');
  expect(existsSync(join(database, 'outbox.db'))).toBe(true);
  expect(existsSync(join(database, 'outbox.db-wal'))).toBe(false);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends the desk in order without asking, with a ticket in hand too',
  async (signal) => {
    await signIn(desk);
    await holdTicket(desk, server, 12, true);
    desk.signal(signal);
    expect(await desk.ended).toBe(0);
    expect(existsSync(join(desk.folder, 'data/desk-1/database/outbox.db-wal'))).toBe(false);
  },
);

test('a second start brings the first one’s window and ends', async () => {
  await desk.evaluate(({ window }) => window.minimize());
  const second = startBuiltDesk({ serverUrl: server.url.href, folder: desk.folder });
  expect(await second.ended).toBe(0);
  const seen = await desk.evaluate(({ windows, window }) => ({
    windows: windows.length,
    isMinimized: window.isMinimized(),
    isFocused: window.isFocused(),
  }));
  expect(seen).toEqual({ windows: 1, isMinimized: false, isFocused: true });
});

test('[B88] [B89] a link waits for the sign-in, opens its ticket and does nothing else', async () => {
  const ticket = server.addTicket(7);
  const second = startBuiltDesk({ folder: desk.folder, args: [`ventanilla://finish?id=${ticket.id}`] });
  expect(await second.ended).toBe(0);
  await signIn(desk);
  const linked = await desk.evaluate(({ window }) => window.webContents.played.fact('ticket.linked'));
  expect(linked).toEqual({ ticketId: ticket.id });
  expect(server.delivered.map(({ body }) => body.type)).toEqual([]);
});

test('[B88] a link starts the desk and is not lost', async () => {
  const ticket = server.addTicket(7);
  desk.signal('SIGTERM');
  await desk.ended;
  const again = startBuiltDesk({
    serverUrl: server.url.href,
    folder: desk.folder,
    args: [`ventanilla://ticket/${ticket.id}`],
  });
  await again.ready;
  const linked = await again.evaluate(async ({ window }, password: string) => {
    await window.webContents.played.signIn('ana@demo.test', password);
    return window.webContents.played.fact('ticket.linked');
  }, PASSWORD);
  await again.close();
  expect(linked).toEqual({ ticketId: ticket.id });
});

test('[B89] a link reaches the page behind the fact that its agent works', async () => {
  const ticket = server.addTicket(7);
  const second = startBuiltDesk({ folder: desk.folder, args: [`ventanilla://ticket/${ticket.id}`] });
  expect(await second.ended).toBe(0);
  await signIn(desk);
  const order = await desk.evaluate(async ({ window }) => {
    const { played } = window.webContents;
    await played.fact('ticket.linked');
    return played.frames.flatMap(({ name, fact }) =>
      name === 'ticket.linked' || (fact as { state?: string } | undefined)?.state === 'working' ? [name] : [],
    );
  });
  expect(order).toEqual(['session.changed', 'ticket.linked']);
});

test('[B88] [B89] a link while an agent works opens its ticket at once, each time once', async () => {
  await signIn(desk);
  const ticket = server.addTicket(7);
  for (let time = 1; time <= 2; time += 1) {
    const second = startBuiltDesk({ folder: desk.folder, args: [`ventanilla://ticket/${ticket.id}`] });
    expect(await second.ended).toBe(0);
  }
  const linked = await desk.evaluate(async ({ window }) => {
    const { played } = window.webContents;
    const told = () => played.frames.filter(({ name }) => name === 'ticket.linked');
    await played.fact('ticket.linked', () => told().length === 2);
    await played.call('line.retryNow', {});
    return told().map(({ fact }) => fact);
  });
  expect(linked).toEqual([{ ticketId: ticket.id }, { ticketId: ticket.id }]);
});

test('[T10] [T13] a desk that is revoked makes itself a new key, in the same window', async () => {
  await signIn(desk);
  const path = join(desk.folder, 'data/keys/desk-1.key');
  const before = readFileSync(path);
  server.revokeDesks();
  const fact = await desk.evaluate(({ window }) =>
    window.webContents.played.fact('session.changed', ({ cause }: { cause?: string }) => cause === 'deskRevoked'),
  );
  expect(fact).toMatchObject({ state: 'signedOut', lastAgentEmails: [] });
  await desk.evaluate(async ({ window }) => {
    const { played } = window.webContents;
    // Of the new desk: the preferences are told again.
    await played.fact(
      'preferences.changed',
      () => played.frames.filter(({ name }) => name === 'preferences.changed').length > 1,
    );
  });
  expect(readFileSync(path)).not.toEqual(before);
  await signIn(desk);
  expect(server.devices()).toBe(2);
});

test('[T10] without a keyring worth the name nothing is kept, and the agent is told', async () => {
  const other = startBuiltDesk({ serverUrl: server.url.href, settings: { keyring: 'basic_text' } });
  await other.ready;
  const fact = await other.evaluate(({ window }) => window.webContents.played.fact('session.changed'));
  expect(fact).toMatchObject({ storeNotice: { type: 'noSafeStore' } });
  expect(existsSync(join(other.folder, 'data/keys/desk-1.key'))).toBe(false);
  await other.close();
});

test('[T10] a keyring that changed is told, and by default the desk leaves everything as it is', async () => {
  desk.signal('SIGTERM');
  await desk.ended;
  const path = join(desk.folder, 'data/keys/desk-1.key');
  const before = readFileSync(path);
  const other = startBuiltDesk({ serverUrl: server.url.href, folder: desk.folder, settings: { keyring: 'kwallet6' } });
  expect(await other.ended).toBe(0);
  expect(readFileSync(path)).toEqual(before);
});

test('a wrong setting ends the start with one line that names it', async () => {
  const other = startBuiltDesk({ environment: { VENTANILLA_SERVER: 'http://example.com' } });
  expect(await other.ended).toBe(78);
  expect(other.log().trim().split('\n').at(-1)).toMatch(/^VENTANILLA_SERVER: /);
  await other.close();
});
