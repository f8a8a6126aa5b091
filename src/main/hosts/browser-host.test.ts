import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { DownFrame, Wire } from '../../bridge/frame.ts';
import { createBrowserFiles, type BrowserFiles } from './browser-files.ts';
import { startBrowserHost, type BrowserHost } from './browser-host.ts';

let folder: string;
let host: BrowserHost;
let files: BrowserFiles;
let wires: { wire: Wire<DownFrame, unknown>; isAttached: boolean; taken: unknown[] }[];
let arrived: PromiseWithResolvers<void>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-page-'));
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html><title>Ventanilla</title>');
  writeFileSync(join(folder, 'page', 'assets', 'app.js'), 'export {};');
  writeFileSync(join(folder, 'secret.js'), 'secret');
  wires = [];
  arrived = Promise.withResolvers();
  files = createBrowserFiles();
  host = await startBrowserHost({
    port: 0,
    pageFolder: join(folder, 'page'),
    files,
    attach: (wire) => {
      const entry = { wire, isAttached: true, taken: [] as unknown[] };
      wires.push(entry);
      wire.listen((frame) => {
        entry.taken.push(frame);
        arrived.resolve();
      });
      wire.post({ t: 'fact', name: 'session.changed', fact: { state: 'starting' } });
      return () => {
        entry.isAttached = false;
      };
    },
  });
});
afterEach(async () => {
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
});

const own = (): URL => new URL(host.url);
const key = (): string => own().hash.replace('#key=', '');
const get = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
  const { hostname, port } = own();
  const asked = request({ hostname, port, path, method, headers, setHost: headers['host'] === undefined });
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  for await (const part of response) text += String(part);
  return { status: response.statusCode, headers: response.headers, text };
};
/** How a handshake ends: `open`, or the status with which it is refused. */
const handshake = (options: WebSocket.ClientOptions, path = '/desk'): Promise<string> =>
  new Promise((resolve) => {
    const socket = new WebSocket(`ws://${own().host}${path}`, options);
    socket.on('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.on('unexpected-response', (_, response) => resolve(String(response.statusCode)));
    socket.on('error', () => undefined);
  });
const greet = async (hello: unknown): Promise<{ socket: WebSocket; first: Promise<string> }> => {
  const socket = new WebSocket(`ws://${own().host}/desk`, { origin: own().origin });
  const first = new Promise<string>((resolve) => {
    socket.on('message', (data) => resolve((data as Buffer).toString()));
    socket.on('close', (code) => resolve(`closed ${code}`));
  });
  await once(socket, 'open');
  socket.send(typeof hello === 'string' ? hello : JSON.stringify(hello));
  return { socket, first };
};

test('[T14] the page comes with a policy that lets nothing else in', async () => {
  const { status, headers, text } = await get('/');
  expect([status, text]).toEqual([200, '<!doctype html><title>Ventanilla</title>']);
  expect(headers['content-security-policy']).toMatch(
    /^default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'/,
  );
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  expect((await get('/assets/app.js')).headers['content-type']).toMatch(/javascript/);
});

test.each([
  '/../secret.js',
  '/..%2fsecret.js',
  '/%2e%2e/secret.js',
  '/assets/..%5c..%5csecret.js',
  '/%00',
  '/%zz',
  '/assets',
  '/nope.js',
  // No address by the rules of any URL: anybody's page may ask for it.
  '//',
])('[T14] %s is not served', async (path) => {
  expect(await get(path)).toMatchObject({ status: 404, text: '' });
});

test('[T14] only GET and HEAD are answered, and only under our own name', async () => {
  expect(await get('/', {}, 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  for (const name of [
    'localhost',
    `localhost:${own().port}`,
    'evil.test',
    `127.0.0.1.evil.test:${own().port}`,
    '127.0.0.1',
  ]) {
    expect([name, (await get('/', { host: name })).status]).toEqual([name, 421]);
  }
});

test('[T14] a handshake from any other page, under any other name or to any other path is refused', async () => {
  const { origin, port } = own();
  expect(await handshake({ origin })).toBe('open');
  const origins = [
    'null',
    `${origin}.evil.test`,
    `https://127.0.0.1:${port}`,
    `http://localhost:${port}`,
    'http://evil.test',
  ];
  for (const foreign of origins) expect([foreign, await handshake({ origin: foreign })]).toEqual([foreign, '403']);
  expect(await handshake({})).toBe('403');
  expect(await handshake({ origin, headers: { host: `localhost:${port}` } })).toBe('403');
  expect(await handshake({ origin }, '/other')).toBe('403');
  expect(await handshake({ origin }, '//')).toBe('403');
});

test('[T14] the key has 256 bits and is another one for another process', async () => {
  expect(Buffer.from(key(), 'base64url')).toHaveLength(32);
  const other = await startBrowserHost({ port: 0, pageFolder: folder, files, attach: () => () => undefined });
  expect(new URL(other.url).hash).not.toBe(own().hash);
  await other.stop();
});

test('[T14] without the right key in the first frame nothing is told', async () => {
  const wrong = ['no JSON', {}, { t: 'hello' }, { t: 'hello', key: '' }, { t: 'hello', key: `${key()}x` }];
  for (const hello of [...wrong, { t: 'hello', key: key().toLowerCase() }, { t: 'hello', key: key(), more: 1 }]) {
    expect(await (await greet(hello)).first).toBe('closed 4401');
  }
  expect(wires).toEqual([]);
});

test('a window with the key is told what is known and heard', async () => {
  const { socket, first } = await greet({ t: 'hello', key: key() });
  expect(JSON.parse(await first)).toEqual({ t: 'fact', name: 'session.changed', fact: { state: 'starting' } });
  socket.send(JSON.stringify({ t: 'call', id: 1, name: 'line.retryNow', input: {} }));
  await arrived.promise;
  expect(wires[0]?.taken).toEqual([{ t: 'call', id: 1, name: 'line.retryNow', input: {} }]);
  socket.terminate();
});

test('a second window takes over; the first one is told and let go', async () => {
  const one = await greet({ t: 'hello', key: key() });
  await one.first;
  const told: string[] = [];
  one.socket.on('message', (data) => told.push((data as Buffer).toString()));
  const closed = once(one.socket, 'close');
  const two = await greet({ t: 'hello', key: key() });
  await two.first;
  const [code] = (await closed) as [number];
  expect([told, code]).toEqual([['{"t":"replaced"}'], 4409]);
  expect(wires.map(({ isAttached }) => isAttached)).toEqual([false, true]);
  two.socket.terminate();
});

test('[T15] frames that are no JSON end the window, one that is too large at once', async () => {
  const one = await greet({ t: 'hello', key: key() });
  await one.first;
  const closed = once(one.socket, 'close');
  for (let count = 0; count < 10; count += 1) one.socket.send('{');
  expect((await closed)[0]).toBe(1008);
  const two = await greet({ t: 'hello', key: key() });
  await two.first;
  const tooLarge = once(two.socket, 'close');
  two.socket.send('x'.repeat(300 * 1024));
  expect((await tooLarge)[0]).toBe(1009);
});

/** A file that comes in parts, and at last breaks off if it is told to. */
const taken = (parts: string[], fails = false) => ({
  name: 'Cañón "1".txt',
  kind: 'text/plain',
  bytes: parts.join('').length,
  content: async function* (): AsyncGenerator<Buffer> {
    for (const part of parts) yield Buffer.from(part);
    if (fails) throw new Error('cut');
  },
});
const addressOf = async (file: ReturnType<typeof taken>): Promise<string> => {
  const given = await files.take(file);
  if (given.type !== 'address') throw new Error('a browser is given an address');
  return given.address;
};

test('[T6] [S2-47] a file is handed out once, to be saved and not to be shown', async () => {
  const address = await addressOf(taken(['<script>', 'alert(1)</script>']));
  const first = await get(address);
  expect([first.status, first.text]).toEqual([200, '<script>alert(1)</script>']);
  expect(first.headers).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename="Ca__n _1_.txt"; filename*=UTF-8''Ca%C3%B1%C3%B3n%20%221%22.txt`,
    'content-security-policy': expect.stringMatching(/^sandbox;/),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect((await get(address)).status).toBe(404);
});

test('[T6] a file is for this desk’s own name alone, by its own address alone', async () => {
  const address = await addressOf(taken(['a']));
  expect((await get(address, { host: 'evil.test' })).status).toBe(421);
  expect((await get(`${address}x`)).status).toBe(404);
  expect((await get(address, {}, 'POST')).status).toBe(404);
  expect((await get('/files/')).status).toBe(404);
  expect((await get(address)).status).toBe(200);
});

test('a file that the server refuses, or that breaks off, is none', async () => {
  expect((await get(await addressOf(taken([], true)))).status).toBe(502);
  await expect(get(await addressOf({ ...taken(['ab'], true), bytes: 5 }))).rejects.toThrow('aborted');
});
