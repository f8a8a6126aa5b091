import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFakeServer, type FakeServer } from '../../src/main/testing/fake-server.ts';
import { startBuiltDesk, type BuiltDesk } from './testing/built-desk.ts';
import { signIn } from './testing/work-at-desk.ts';

let server: FakeServer;
let desk: BuiltDesk;

beforeAll(async () => {
  server = await startFakeServer();
  desk = startBuiltDesk({ serverUrl: server.url.href });
  await desk.ready;
  await signIn(desk);
});
afterAll(async () => {
  await desk?.close();
  await server?.stop();
});

test('[S2-42] [T25] [T32] in a video alone the desk lists what could be shared, windows first, and the session gives what was chosen', async () => {
  const seen = await desk.evaluate(async ({ window, session, onDesktop }) => {
    const { played, mainFrame } = window.webContents;
    onDesktop.push({ id: 'window:7:0', name: 'Hoja' });
    const request = { frame: mainFrame, securityOrigin: 'app://ventanilla', videoRequested: true };
    const ask = () =>
      new Promise<unknown>((resolve) => session.defaultSession.displayHandler?.(request as never, resolve));
    const ticketId = '0198f0d0-0000-7000-8000-0000000000aa';
    const choose = () => played.call('screen.choose', { id: 'window:7:0' });
    const outside = await played.call('screen.sources', {});
    await choose();
    const withoutVideo = await ask();
    await played.call('video.join', { ticketId });
    const sources = await played.call('screen.sources', {});
    await choose();
    const given = [await ask(), await ask()];
    await played.call('video.leave', { ticketId });
    return { outside, withoutVideo, sources, given };
  });
  const facts = { isOwn: false, picture: null };
  expect(seen).toEqual({
    outside: [],
    withoutVideo: null,
    sources: [
      { id: 'window:7:0', kind: 'window', name: 'Hoja', ...facts },
      { id: 'screen:0:0', kind: 'screen', name: 'Entire Screen', ...facts },
    ],
    given: [{ video: { id: 'window:7:0', name: 'Hoja' } }, null],
  });
});

test('[E14] [T25] the page may open one empty window, for a call, on top of all others and with no other rights; it is guarded too', async () => {
  const seen = await desk.evaluate(async ({ window, windows }) => {
    const { webContents } = window;
    const want = (url: string, frameName: string) => {
      webContents.wantWindow(url, frameName);
      return webContents.windowsWanted.at(-1)?.action;
    };
    const before = want('about:blank', 'ventanilla-call');
    const ticketId = '0198f0d0-0000-7000-8000-0000000000aa';
    await webContents.played.call('video.join', { ticketId });
    const others = [
      want('https://example.com/', 'ventanilla-call'),
      want('app://ventanilla/index.html', 'ventanilla-call'),
      want('about:blank', ''),
    ];
    const first = want('about:blank', 'ventanilla-call');
    const call = windows.at(-1);
    const second = want('about:blank', 'ventanilla-call');
    call?.webContents.wantWindow('about:blank', 'ventanilla-call');
    const facts = {
      isOnTop: call?.options.alwaysOnTop,
      rights: call?.options.webPreferences,
      own: window.options.webPreferences,
      isLed: call?.webContents.navigate('https://example.com/'),
      opens: call?.webContents.windowsWanted.at(-1)?.action,
      menu: call?.shown.isMenuBarVisible,
    };
    webContents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });
    return { before, others, first, second, ...facts, isGoneWithThePage: call?.isDestroyed() };
  });
  const { rights, own, ...rest } = seen;
  expect(rest).toEqual({
    before: 'deny',
    others: ['deny', 'deny', 'deny'],
    first: 'allow',
    second: 'deny',
    isOnTop: true,
    isLed: false,
    opens: 'deny',
    menu: false,
    isGoneWithThePage: true,
  });
  expect(rights).toEqual(own);
});
