import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startFakeServer, type FakeServer } from './testing/fake-server.ts';
import { startWorking } from './testing/test-desk.ts';
import { openTestWindow } from './testing/test-window.ts';

const program = fileURLToPath(new URL('./browser-desk.ts', import.meta.url));
let server: FakeServer;
let folder: string;
let children: ChildProcess[];

beforeEach(async () => {
  server = await startFakeServer();
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-desks-'));
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function open(environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], VENTANILLA_SERVER: server.url.origin, VENTANILLA_DATA: folder, ...environment },
  });
  children.push(child);
  const errors: string[] = [];
  child.stderr.on('data', (data) => errors.push(String(data)));
  const lines = createInterface(child.stdout);
  const ready = async (): Promise<string[]> => {
    const [line] = (await once(lines, 'line')) as [string];
    expect(line).toMatch(/^VENTANILLA READY \{"desks":\[/);
    return (JSON.parse(line.slice('VENTANILLA READY '.length)) as { desks: string[] }).desks;
  };
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, errors: errors.join('') }));
  return { child, ready, ended, errors };
}

test('it serves as many desks as asked, each with its own files, and stops in order', async () => {
  const { child, ready, ended, errors } = open({ VENTANILLA_DESKS: '2' });
  const urls = await ready();
  expect(new Set(urls.map((url) => new URL(url).port)).size).toBe(2);
  const [one, two] = await Promise.all(urls.map((url) => openTestWindow(url)));
  await startWorking(one!);
  expect(two?.latest('session.changed')?.state).toBe('signedOut');
  expect(statSync(join(folder, 'keys', 'desk-1.key')).mode & 0o777).toBe(0o600);
  expect(existsSync(join(folder, 'desk-2', 'database', 'outbox.db'))).toBe(true);
  const told = performance.now();
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
  expect(performance.now() - told).toBeLessThan(5_000);
  expect(errors.join('')).not.toMatch(/ana@demo|clave-de-prueba|#key=[\w-]{10}/);
});

test.each([
  ['VENTANILLA_SERVER', 'ftp://x'],
  ['VENTANILLA_SERVER', 'http://central.example'],
  ['VENTANILLA_SERVER', 'http://127.0.0.1:7420/path'],
  ['VENTANILLA_DESKS', '0'],
  ['VENTANILLA_DESKS', 'many'],
  ['VENTANILLA_DESK_PORT', '99999'],
  ['VENTANILLA_DATA', ''],
])('[B94] %s=%s stops the start with one line that names it, exit 78', async (name, value) => {
  const { code, errors } = await open({ [name]: value }).ended;
  expect(code).toBe(78);
  expect(errors.trimEnd().split('\n')).toHaveLength(1);
  expect(errors).toContain(name);
});

test('[B94] a data folder that is a file is named', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const { code, errors } = await open({ VENTANILLA_DATA: file }).ended;
  expect([code, errors]).toEqual([78, 'VENTANILLA_DATA: cannot be used (EEXIST)\n']);
});

test('[B94] a second process in the same folder ends with one line; the first goes on', async () => {
  const first = open();
  const [url] = await first.ready();
  const { code, errors } = await open().ended;
  expect(code).toBe(1);
  expect(errors).toMatch(/^Another desk works in .*\n$/);
  const window = await openTestWindow(url!);
  await window.until('session.changed', ({ state }) => state === 'signedOut');
});
