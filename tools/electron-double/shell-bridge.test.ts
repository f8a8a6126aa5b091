import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { calls } from '../../src/bridge/contract.ts';
import { spanish } from '../../src/texts/spanish.ts';
import { root, startBuiltDesk, type BuiltDesk } from './testing/built-desk.ts';

let desk: BuiltDesk;
beforeAll(async () => {
  desk = startBuiltDesk();
  await desk.ready;
});
afterAll(() => desk?.close());

test('[E20] the preload script is one file that needs Electron alone', () => {
  const code = readFileSync(join(root, 'out/preload/index.cjs'), 'utf8');
  expect([...code.matchAll(/\brequire\(\s*["']([^"']+)["']\s*\)/g)].map(([, name]) => name)).toEqual(['electron']);
  expect(code).not.toMatch(/\bimport\b|process\.|Buffer/);
});

test('[E20] the page gets one frozen object with two functions, and frames alone cross it', async () => {
  const { names, functions, isFrozen, facts } = await desk.evaluate(async ({ window }) => {
    const { world, played } = window.webContents;
    await played.fact('session.changed');
    return {
      names: Object.keys(world),
      functions: Object.entries(played.desk).map(([name, value]) => [name, typeof value]),
      isFrozen: Object.isFrozen(played.desk),
      facts: played.frames.map(({ t }) => t),
    };
  });
  expect(names).toEqual(['desk']);
  expect(functions).toEqual([
    ['post', 'function'],
    ['listen', 'function'],
  ]);
  expect(isFrozen).toBe(true);
  expect(new Set(facts)).toEqual(new Set(['fact']));
});

test('[E20] a page of another origin gets nothing', async () => {
  const names = await desk.evaluate(({ window, openNodePage, DoubleFrame }) =>
    ['https://example.com/', 'app://evil/', 'app://ventanilla.evil/', 'file:///index.html', 'about:blank'].flatMap(
      (url) => {
        const { world } = openNodePage(url, new DoubleFrame(url), {
          preload: window.webContents.preload,
          receive: () => undefined,
        });
        return Object.keys(world);
      },
    ),
  );
  expect(names).toEqual([]);
});

test.each(Object.keys(calls))(
  '[E17] [B82] %s is answered to our page alone, anybody else is told IPC_FORBIDDEN',
  async (name) => {
    const { foreign, own, told } = await desk.evaluate(async ({ window, DoubleFrame }, name: string) => {
      const { webContents } = window;
      const { played } = webContents;
      const ours = webContents.getURL();
      const destroyed = new DoubleFrame(ours);
      destroyed.destroy();
      const frames = {
        otherOrigin: new DoubleFrame('https://example.com/'),
        lookAlike: new DoubleFrame('app://ventanilla.evil/index.html'),
        iframe: new DoubleFrame('https://example.com/', webContents.mainFrame),
        developerTools: new DoubleFrame('devtools://devtools/bundled/devtools_app.html'),
        file: new DoubleFrame('file:///index.html'),
        blank: new DoubleFrame('about:blank'),
        ownIframe: new DoubleFrame(ours, webContents.mainFrame),
        otherTop: new DoubleFrame(ours),
        destroyed,
      };
      let id = 100_000;
      const ids: number[] = [];
      for (const frame of Object.values(frames)) {
        id += 1;
        ids.push(id);
        webContents.receive('frame', { t: 'call', id, name, input: {} }, frame);
      }
      // Our own frame, but told by another window's contents.
      ids.push(id + 1);
      webContents.receive('frame', { t: 'call', id: id + 1, name, input: {} }, webContents.mainFrame, {});
      // `line.retryNow` takes the same way and is answered at once: whatever would have been answered before it, has been.
      const own = await played.call('line.retryNow', {});
      const told = Object.fromEntries(
        Object.entries(frames).map(([of, { sent }]) => [
          of,
          sent.map((frame) => {
            const { t, error } = frame as { t: string; error?: { code: string; title: string } };
            return [t, error?.code, error?.title];
          }),
        ]),
      );
      return { told, foreign: played.frames.filter((frame) => frame.id !== undefined && ids.includes(frame.id)), own };
    }, name);
    expect(foreign).toEqual([]);
    const forbidden = [['failure', 'IPC_FORBIDDEN', spanish.errors.IPC_FORBIDDEN]];
    const { destroyed, ...living } = told;
    expect(destroyed).toEqual([]);
    expect(living).toEqual(Object.fromEntries(Object.keys(living).map((of) => [of, forbidden])));
    expect(Object.keys(living)).toHaveLength(8);
    expect([null, 'TOO_MANY_REQUESTS']).toContain(own);
  },
);

test('[E17] [B85] [T9] bodies that are none of ours are dropped or refused, and the desk lives', async () => {
  const { codes, alive } = await desk.evaluate(async ({ window }) => {
    const { webContents } = window;
    const { played } = webContents;
    const cyclic: Record<string, unknown> = { t: 'call', id: 1, name: 'act' };
    cyclic['input'] = cyclic;
    const call = (more: object) => ({ t: 'call', id: 200_000, name: 'act', input: {}, ...more });
    const bodies: unknown[] = [
      undefined,
      null,
      true,
      7,
      Number.NaN,
      10n,
      '',
      'call',
      '{"t":"call","id":1,"name":"act","input":{}}',
      'x'.repeat(2_000_000),
      [],
      [call({})],
      {},
      { t: 'call' },
      { t: 'answer', id: 1, output: null },
      { t: 'hello', key: 'x' },
      new Map([['t', 'call']]),
      new Date(0),
      new Uint8Array(64),
      new Error('x'),
      cyclic,
      call({ id: -1 }),
      call({ id: 1.5 }),
      call({ id: '1' }),
      call({ id: Number.MAX_VALUE }),
      call({ name: 7 }),
      call({ name: '__proto__' }),
      call({ name: 'constructor' }),
      call({ name: 'toString' }),
      call({ name: 'a'.repeat(61) }),
      call({ extra: true }),
      call({ input: null }),
      call({ input: { type: 'attention.finish', ticketId: '../../x' } }),
      call({ input: JSON.parse('{"__proto__":{"admin":true}}') }),
      call({ name: 'session.signIn', input: { email: ['a'], password: {} } }),
    ];
    for (const body of bodies) webContents.receive('frame', body);
    const alive = await played.call('session.signOut', { force: true });
    const codes = played.frames.flatMap((frame) =>
      frame.t === 'failure' && frame.id === 200_000 ? [frame.error?.code] : [],
    );
    return { codes: [...new Set(codes)], alive };
  });
  expect(alive).toBe('BAD_REQUEST');
  expect(new Set(codes)).toEqual(new Set(['BAD_REQUEST', 'NOT_FOUND']));
  expect(desk.log()).not.toMatch(/unhandled|TypeError|ReferenceError/i);
});

test('[E17] [T9] a page that greets again and again is not served again and again', async () => {
  const greetings = await desk.evaluate(async ({ window }) => {
    const { webContents } = window;
    const { played } = webContents;
    const count = () => played.frames.filter(({ name }) => name === 'session.changed').length;
    const before = count();
    for (let time = 0; time < 200; time += 1) webContents.receive('frame', { t: 'hello' });
    return count() - before;
  });
  expect(greetings).toBeLessThan(10);
});

test('[B85] a call before the page listens is refused once, and the same call is answered afterwards', async () => {
  const other = startBuiltDesk();
  await other.ready;
  const { early, late } = await other.evaluate(async ({ window }) => {
    const { webContents } = window;
    const sent: unknown[] = [];
    const send = webContents.send.bind(webContents);
    webContents.send = (channel, ...args) => {
      sent.push(...args);
      send(channel, ...args);
    };
    webContents.receive('frame', { t: 'call', id: 7, name: 'line.retryNow', input: {} });
    webContents.receive('frame', { t: 'nonsense', id: 8 });
    await new Promise((resolve) => setImmediate(resolve));
    const early = [...sent];
    return { early, late: await webContents.played.call('line.retryNow', {}) };
  });
  await other.close();
  expect(early).toMatchObject([{ t: 'failure', id: 7, error: { code: 'UNAVAILABLE', retryable: true } }]);
  expect(early).toHaveLength(1);
  expect(late).toBeNull();
  expect(other.log()).not.toMatch(/unhandled|TypeError/i);
});

test('[B85] what arrives after the window is gone harms nobody', async () => {
  const other = startBuiltDesk();
  await other.ready;
  await other.evaluate(async ({ window }) => {
    const { webContents } = window;
    webContents.played.desk.post({ t: 'call', id: 1, name: 'line.retryNow', input: {} });
    window.destroy();
    webContents.receive('frame', { t: 'call', id: 2, name: 'line.retryNow', input: {} });
    await new Promise((resolve) => setImmediate(resolve));
  });
  await other.close();
  expect(await other.ended).toBe(0);
  expect(other.log()).not.toMatch(/unhandled|TypeError|destroyed/i);
});
