import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, testServer, type TestServer } from '../testing/test-server.ts';

let folder: string;
let server: TestServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-pages-'));
  for (const name of ['kiosk', 'display', 'turn', 'video']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.html'), `<!doctype html><title>${name}</title>`);
  }
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'assets', 'kiosk-1a2b.js'), 'export {};');
  writeFileSync(join(folder, 'service-worker.js'), 'self;');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  server = await testServer({ customerFolder: folder });
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

test.each(['/kiosk/centro', '/display/norte', '/turn', '/video'])(
  '%s is the page, asked for anew each time',
  async (url) => {
    const response = await ask(server, 'GET', url);
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toMatch(/^text\/html/);
    expect(response.headers['cache-control']).toBe('no-cache');
    expect(response.headers['content-security-policy']).toContain("script-src 'self'");
    expect(response.body).toContain(`<title>${url.split('/')[1]}</title>`);
  },
);

test('[T25] the page of a guest, and nothing within it, may use camera and microphone', async () => {
  const response = await ask(server, 'GET', '/video');
  expect(response.headers['permissions-policy']).toMatch(/^camera=\(self\), microphone=\(self\),/);
  expect(response.headers['permissions-policy']).not.toContain('*');
  expect(response.headers['referrer-policy']).toBe('no-referrer');
});

test('the worker that keeps the pages is a script for the whole site, asked for anew each time', async () => {
  const response = await ask(server, 'GET', '/service-worker.js');
  expect(response.statusCode).toBe(200);
  expect(response.headers['content-type']).toMatch(/^(text|application)\/javascript/);
  expect(response.headers['cache-control']).toBe('no-cache');
  expect(response.headers['content-security-policy']).toContain("connect-src 'self'");
  expect(response.body).toBe('self;');
});

test('the page of a branch that is none is a clean 404 in the language of who asks', async () => {
  for (const url of ['/kiosk/nowhere', '/display/%2e%2e%2fsecret.txt', `/kiosk/${'x'.repeat(90)}`]) {
    const response = await ask(server, 'GET', url, undefined, { accept: 'text/html,*/*', 'accept-language': 'pt' });
    expect(response.statusCode).toBe(404);
    expect(response.headers['content-type']).toMatch(/^text\/html/);
    expect(response.body).toContain('<html lang="pt">');
    expect(response.body).not.toContain('secret');
  }
  expect((await ask(server, 'GET', '/kiosk/nowhere')).json()).toMatchObject({ code: 'NOT_FOUND' });
});

test('files with a hash in their name are kept for a year, and nothing beside them is served', async () => {
  const response = await ask(server, 'GET', '/assets/kiosk-1a2b.js');
  expect(response.statusCode).toBe(200);
  expect(response.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  for (const url of [
    '/assets/../secret.txt',
    '/assets/%2e%2e/secret.txt',
    '/assets/..%5csecret.txt',
    '/secret.txt',
    '/assets/',
  ]) {
    const refused = await ask(server, 'GET', url);
    expect([400, 403, 404]).toContain(refused.statusCode);
    expect(refused.body).not.toContain('secret\n');
    expect(refused.json()).toHaveProperty('code');
  }
});
