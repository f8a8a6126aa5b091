import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PASSWORD } from '../../src/main/testing/fake-office.ts';
import { startFakeServer, type FakeServer } from '../../src/main/testing/fake-server.ts';
import { startBuiltDesk, type BuiltDesk } from './testing/built-desk.ts';

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

const signIn = (): Promise<void> =>
  desk.evaluate(
    ({ window }, password: string) => window.webContents.played.signIn('ana@demo.test', password),
    PASSWORD,
  );

/** Ana calls ticket `number` by hand, and attends it if `isBegun`. */
async function holdTicket(number: number, isBegun: boolean): Promise<string> {
  const { id } = server.addTicket(number);
  await desk.evaluate(
    async ({ window }, { ticketId, isBegun }) => {
      const { played } = window.webContents;
      await played.fact('waiting.changed', ({ count }: { count: number }) => count > 0);
      await played.call('act', { type: 'status.choose', state: 'online' });
      await played.call('act', { type: 'ticket.call', ticketId });
      const inHand = (state: string) =>
        played.fact(
          'current.changed',
          ({ ticket }: { ticket: { header: { state: string } } | null }) => ticket?.header.state === state,
        );
      await inHand('calling');
      if (!isBegun) return;
      await played.call('act', { type: 'attention.begin', ticketId });
      await inHand('attending');
    },
    { ticketId: id, isBegun },
  );
  return id;
}

test('the tray shows the state of the agent, and that of the ticket in hand before it', async () => {
  const look = () => desk.evaluate(({ tray }) => ({ tip: tray.tip, picture: tray.image.path.split('/').at(-1) }));
  expect(await look()).toEqual({ tip: 'Ventanilla: Sin ingresar', picture: 'signed-out.png' });
  await signIn();
  expect(await look()).toEqual({ tip: 'Ventanilla: Fuera de línea', picture: 'offline.png' });
  await holdTicket(12, true);
  expect(await look()).toEqual({ tip: 'Ventanilla: Atendiendo C-012', picture: 'attending.png' });
});

test('a state chosen in the tray is the agent’s own', async () => {
  await signIn();
  await desk.evaluate(async ({ tray, window }) => {
    tray.menu?.choose('Almorzando');
    await window.webContents.played.fact(
      'status.changed',
      ({ status }: { status: { state: string } }) => status.state === 'lunch',
    );
  });
  const { body } = await server.nextDelivery(({ body }) => body.type === 'status.choose');
  expect(body).toMatchObject({ type: 'status.choose', state: 'lunch' });
});

test('nobody signed in has no state to choose', async () => {
  await expect(desk.evaluate(({ tray }) => tray.menu?.items[0]?.enabled)).resolves.toBe(false);
});

test('the cross of the window leaves the desk in the tray, which says so the first time; Mostrar brings it back', async () => {
  const after = await desk.evaluate(({ window, notices, tray }) => {
    window.close();
    const hidden = { isVisible: window.isVisible(), isDestroyed: window.isDestroyed() };
    const hints = notices.map(({ options }) => options.title);
    tray.menu?.choose('Mostrar');
    const shown = window.isVisible();
    window.close();
    return { hidden, hints, shown, hintsLater: notices.length };
  });
  expect(after).toEqual({
    hidden: { isVisible: false, isDestroyed: false },
    hints: ['Ventanilla sigue abierta'],
    shown: true,
    hintsLater: 1,
  });
});

test('a window opens where it was left', async () => {
  await desk.evaluate(({ window }) => {
    window.moveTo({ x: 40, y: 50, width: 1200, height: 700 });
    window.close();
  });
  desk.signal('SIGTERM');
  await desk.ended;
  const again = startBuiltDesk({ serverUrl: server.url.href, folder: desk.folder });
  await again.ready;
  const bounds = await again.evaluate(({ window }) => window.getNormalBounds());
  await again.close();
  expect(bounds).toEqual({ x: 40, y: 50, width: 1200, height: 700 });
});

test('the window paints in the colour of its theme before the page does, and follows the agent’s choice at the next start', async () => {
  const first = await desk.evaluate(async ({ window }) => {
    const before = window.options.backgroundColor;
    await window.webContents.played.call('preferences.set', { theme: 'dark', language: 'es', soundVolume: 1 });
    return { before, isShownAtOnce: window.options.show, now: window.shown.background };
  });
  expect(first).toEqual({ before: '#e8ecef', isShownAtOnce: false, now: '#0c1620' });
  desk.signal('SIGTERM');
  await desk.ended;
  const again = startBuiltDesk({ serverUrl: server.url.href, folder: desk.folder });
  await again.ready;
  const colour = await again.evaluate(({ window }) => window.options.backgroundColor);
  await again.close();
  expect(colour).toBe('#0c1620');
});

test('[T26] a call behind other windows is told by its code alone; choosing the notice brings the window', async () => {
  await signIn();
  await desk.evaluate(({ window }) => window.blur());
  await holdTicket(12, false);
  const told = await desk.evaluate(({ window, notices }) => {
    const [notice] = notices;
    const before = { isFlashing: window.shown.isFlashing, isFocused: window.isFocused() };
    notice?.emit('click');
    return {
      before,
      options: notice?.options,
      after: { isFlashing: window.shown.isFlashing, isFocused: window.isFocused(), isOpen: notice?.isOpen },
    };
  });
  expect(told).toEqual({
    before: { isFlashing: true, isFocused: false },
    options: { title: 'Nuevo turno C-012', silent: true, urgency: 'critical' },
    after: { isFlashing: false, isFocused: true, isOpen: false },
  });
});

test('a call before the agent’s eyes needs no notice', async () => {
  await signIn();
  await holdTicket(12, false);
  expect(await desk.evaluate(({ notices }) => notices.length)).toBe(0);
});

test('the badge counts who waits, and is cleared when the agent leaves', async () => {
  await signIn();
  server.addTicket(1);
  server.addTicket(2);
  const badges = await desk.evaluate(async ({ window, app }) => {
    const { played } = window.webContents;
    await played.fact('waiting.changed', ({ count }: { count: number }) => count === 2);
    const working = app.getBadgeCount();
    await played.call('session.signOut', {});
    await played.fact('session.changed', ({ state }: { state: string }) => state === 'signedOut');
    return { working, signedOut: app.getBadgeCount() };
  });
  expect(badges).toEqual({ working: 2, signedOut: 0 });
});

test('leaving with a ticket in hand is asked, and staying is the default', async () => {
  await signIn();
  await holdTicket(12, true);
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
  await signIn();
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
    await signIn();
    await holdTicket(12, true);
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
  await signIn();
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

test('a page that dies is loaded anew, and its successor is told everything', async () => {
  await signIn();
  const states = await desk.evaluate(async ({ window }) => {
    const { webContents } = window;
    const before = webContents.played;
    const loaded = new Promise((resolve) => webContents.once('did-finish-load', resolve));
    webContents.crash('oom');
    await loaded;
    const fact = (await webContents.played.fact('session.changed')) as { state: string };
    return { state: fact.state, isAnother: webContents.played !== before };
  });
  expect(states).toEqual({ state: 'working', isAnother: true });
});

test('a machine that wakes up tries the line at once', async () => {
  await signIn();
  server.cut();
  await desk.evaluate(({ window }) =>
    window.webContents.played.fact(
      'line.changed',
      ({ state, nextTryAt }: { state: string; nextTryAt: number | null }) => state === 'down' && nextTryAt !== null,
    ),
  );
  server.restore();
  const line = await desk.evaluate(({ window, powerMonitor }) => {
    powerMonitor.emit('resume');
    return window.webContents.played.fact('line.changed', ({ state }: { state: string }) => state === 'up');
  });
  expect(line).toMatchObject({ state: 'up' });
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
});
