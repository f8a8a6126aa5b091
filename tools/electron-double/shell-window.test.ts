import { afterAll, beforeAll, expect, test } from 'vitest';
import { externalUrls } from '../../src/main/hosts/electron/testing/external-urls.ts';
import { startBuiltDesk, type BuiltDesk } from './testing/built-desk.ts';

let desk: BuiltDesk;
beforeAll(async () => {
  desk = startBuiltDesk();
  await desk.ready;
});
afterAll(() => desk?.close());

test('[E2] [E3] [E4] [E12] the one window has neither Node nor webviews, its preload is isolated and sandboxed', async () => {
  const preferences = await desk.evaluate(({ windows }) => windows.map(({ options }) => options.webPreferences));
  expect(preferences).toHaveLength(1);
  expect(preferences[0]).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    plugins: false,
  });
});

test('[E6] [E8] [E9] [E10] what would weaken the page is not even named', async () => {
  const names = await desk.evaluate(({ window }) => Object.keys(window.options.webPreferences ?? {}));
  for (const name of ['webSecurity', 'allowRunningInsecureContent', 'experimentalFeatures', 'enableBlinkFeatures']) {
    expect(names).not.toContain(name);
  }
});

test('[E3] every process of a page is sandboxed, also one that we did not make', async () => {
  expect(await desk.evaluate(({ app }) => app.asked.isSandboxed)).toBe(true);
});

test('[E18] the page comes from our own scheme, standard and secure, which bypasses no policy', async () => {
  const { url, schemes } = await desk.evaluate(({ window, protocol }) => ({
    url: window.webContents.getURL(),
    schemes: protocol.schemes,
  }));
  expect(url).toBe('app://ventanilla/index.html');
  expect(schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
});

test('[E7] [E18] every answer of the scheme carries the policy; nothing outside of the renderer is answered', async () => {
  const answers = await desk.evaluate(async ({ protocol }) => {
    const ask = async (url: string, method?: string) => {
      const answer = await protocol.answer(url, method);
      return {
        status: answer?.status,
        policy: answer?.headers.get('content-security-policy'),
        body: await answer?.text(),
      };
    };
    return {
      page: await ask('app://ventanilla/'),
      absent: await ask('app://ventanilla/absent.js'),
      folder: await ask('app://ventanilla/assets'),
      main: await ask('app://ventanilla/..%2fmain/index.js'),
      host: await ask('app://evil/index.html'),
      post: await ask('app://ventanilla/index.html', 'POST'),
    };
  });
  expect(answers.page.status).toBe(200);
  for (const { policy } of Object.values(answers)) {
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("connect-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  }
  const { page: _page, post, ...refused } = answers;
  expect(post.status).toBe(405);
  for (const answer of Object.values(refused)) expect(answer).toMatchObject({ status: 404, body: '' });
});

test('[E1] the session lets the page load nothing from a network or a disk', async () => {
  const let_ = await desk.evaluate(({ session }) =>
    [
      'http://example.com/a.js',
      'https://example.com/a.js',
      'ws://127.0.0.1:7420/',
      'wss://example.com/',
      'ftp://example.com/a',
      'file:///etc/passwd',
      'app://evil/index.html',
      'app://ventanilla.evil/a.js',
      'blob:https://example.com/1',
      'app://ventanilla/index.html',
      'blob:app://ventanilla/1',
      'data:image/png;base64,AA==',
    ].filter(session.defaultSession.mayRequest),
  );
  expect(let_).toEqual(['app://ventanilla/index.html', 'blob:app://ventanilla/1', 'data:image/png;base64,AA==']);
});

test('[E5] both handlers of permissions are there, and refuse; devices are never given out', async () => {
  const given = await desk.evaluate(async ({ session, window }) => {
    const { checkHandler, requestHandler, deviceHandler } = session.defaultSession;
    if (!checkHandler || !requestHandler || !deviceHandler) throw new Error('a handler is missing');
    const contents = window.webContents as unknown as Electron.WebContents;
    const details = { isMainFrame: true, requestingUrl: 'app://ventanilla/index.html' };
    const request = (permission: 'media' | 'notifications' | 'openExternal') =>
      new Promise<boolean>((resolve) => requestHandler(contents, permission, resolve, details));
    return {
      copying: checkHandler(contents, 'clipboard-sanitized-write', 'app://ventanilla', details),
      others: [
        checkHandler(contents, 'media', 'app://ventanilla', details),
        checkHandler(null, 'media', 'https://example.com', details),
        await request('media'),
        await request('notifications'),
        await request('openExternal'),
        deviceHandler({ deviceType: 'usb', origin: 'app://ventanilla', device: {} } as never),
      ],
    };
  });
  expect(given).toEqual({ copying: true, others: [false, false, false, false, false, false] });
});

test('[E11] [E13] the page is led nowhere, by itself, by a server or in an inner frame, and embeds no webview', async () => {
  const went = await desk.evaluate(({ window: { webContents } }) => {
    const places = [
      'https://example.com/',
      'file:///etc/passwd',
      'file://server/share',
      'javascript:alert(1)',
      'app://ventanilla/index.html',
    ];
    return {
      led: places.filter((url) => webContents.navigate(url)),
      inner: places.filter((url) => webContents.navigate(url, false)),
      sent: places.filter((url) => webContents.redirect(url)),
      webview: webContents.attachWebview(),
    };
  });
  expect(went).toEqual({ led: [], inner: [], sent: [], webview: false });
});

test('[E14] [E15] [T8] no address opens a window; those that may leave are shown as they are, and leave if the agent says so', async () => {
  const wanted = externalUrls.map(({ url }) => url);
  const { actions, asked, opened } = await desk.evaluate(async ({ window, dialogs, opened }, urls: string[]) => {
    dialogs.answer = () => 1;
    for (const url of urls) {
      window.webContents.wantWindow(url);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return {
      actions: [...new Set(window.webContents.windowsWanted.map(({ action }) => action))],
      asked: dialogs.asked.map(({ detail }) => detail?.split('\n').at(-1)),
      opened,
    };
  }, wanted);
  // Telephone numbers and mail addresses leave by policy only, and there is none.
  const pages = externalUrls.flatMap(({ opens }) => (opens?.startsWith('https:') ? [opens] : []));
  expect(actions).toEqual(['deny']);
  expect(asked).toEqual(pages);
  expect(opened).toEqual(pages);
});

test('[E15] the agent stays by default, and one question is asked at a time', async () => {
  const { asked, opened } = await desk.evaluate(async ({ window, dialogs, opened }) => {
    const [askedBefore, openedBefore] = [dialogs.asked.length, opened.length];
    const decision = Promise.withResolvers<number>();
    dialogs.answer = () => decision.promise;
    for (let count = 0; count < 5; count += 1) window.webContents.wantWindow(`https://example.com/${count}`);
    decision.resolve(0);
    await new Promise((resolve) => setImmediate(resolve));
    return { asked: dialogs.asked.slice(askedBefore), opened: opened.slice(openedBefore) };
  });
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ defaultId: 0, cancelId: 0 });
  expect(opened).toEqual([]);
});
