import { afterEach, beforeEach, expect, test } from 'vitest';
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

test('the tray shows the state of the agent, and that of the ticket in hand before it', async () => {
  const look = () => desk.evaluate(({ tray }) => ({ tip: tray.tip, picture: tray.image.path.split('/').at(-1) }));
  expect(await look()).toEqual({ tip: 'Ventanilla: Sin ingresar', picture: 'signed-out.png' });
  await signIn(desk);
  expect(await look()).toEqual({ tip: 'Ventanilla: Fuera de línea', picture: 'offline.png' });
  await holdTicket(desk, server, 12, true);
  expect(await look()).toEqual({ tip: 'Ventanilla: Atendiendo C-012', picture: 'attending.png' });
});

test('a state chosen in the tray is the agent’s own', async () => {
  await signIn(desk);
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

test.each(['lock-screen', 'suspend'] as const)(
  '[S2-04] %s of the machine rests its agent, and what comes after it changes nothing',
  async (event) => {
    await signIn(desk);
    const states = await desk.evaluate(async ({ powerMonitor, window }, event) => {
      const { played } = window.webContents;
      await played.call('act', { type: 'status.choose', state: 'online' });
      powerMonitor.say(event);
      const resting = await played.fact(
        'status.changed',
        ({ status, isPending }: { status: { state: string }; isPending: boolean }) =>
          status.state === 'resting' && !isPending,
      );
      powerMonitor.say('resume');
      powerMonitor.say('unlock-screen');
      await played.call('line.retryNow', {});
      return { resting, later: await played.fact('status.changed') };
    }, event);
    expect(states.resting).toMatchObject({ status: { state: 'resting', cause: 'lock' } });
    expect(states.later).toEqual(states.resting);
    expect(server.delivered.map(({ body }) => body)).toEqual([
      { type: 'status.choose', state: 'online', cause: 'agent' },
      { type: 'status.choose', state: 'resting', cause: 'lock' },
    ]);
  },
);

test('[S2-05] with a ticket in hand the lock waits for its end', async () => {
  await signIn(desk);
  await holdTicket(desk, server, 12, true);
  await desk.evaluate(async ({ powerMonitor, window }) => {
    powerMonitor.say('lock-screen');
    await window.webContents.played.fact(
      'status.changed',
      ({ status }: { status: { nextState: string } }) => status.nextState === 'resting',
    );
  });
  const { body } = await server.nextDelivery((command) => command.body.type === 'status.chooseNext');
  expect(body).toEqual({ type: 'status.chooseNext', state: 'resting' });
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

test('[S2-25] [T26] a call behind other windows is told by its code alone; choosing the notice brings the window', async () => {
  await signIn(desk);
  await desk.evaluate(({ window }) => window.blur());
  await holdTicket(desk, server, 12, false);
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
  await signIn(desk);
  await holdTicket(desk, server, 12, false);
  expect(await desk.evaluate(({ notices }) => notices.length)).toBe(0);
});

test('the badge counts who waits, and is cleared when the agent leaves', async () => {
  await signIn(desk);
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

test('a page that dies is loaded anew, and its successor is told everything', async () => {
  await signIn(desk);
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
  await signIn(desk);
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
