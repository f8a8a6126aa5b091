import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { startDouble } from './start-double.ts';

const program = Buffer.from('#!/bin/sh\n# a newer program\n');
const sha512 = (content: Buffer): string => createHash('sha512').update(content).digest('base64');

const OLD = 'the program that runs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-updates-'));
  mkdirSync(join(folder, 'resources'));
  writeFileSync(join(folder, 'Ventanilla.AppImage'), OLD);
  // The packager writes it; our own feed takes the place of its address.
  writeFileSync(
    join(folder, 'resources/app-update.yml'),
    'provider: generic\nurl: https://ventanilla.invalid\nupdaterCacheDirName: u\n',
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Feed {
  version?: string;
  name?: string;
  hash?: string;
  /** Instead of the feed's own file. */
  page?: string;
}

/** What the desk makes of a feed, with the real updater of Linux. */
async function ask({ version = '9.0.0', name = 'Ventanilla-9.0.0.AppImage', hash = sha512(program), page }: Feed) {
  const asked: string[] = [];
  const feed = stringify({
    version,
    files: [{ url: name, sha512: hash, size: program.length }],
    path: name,
    sha512: hash,
  });
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://feed').pathname);
    asked.push(path);
    if (path === '/updates/latest-linux.yml') response.end(page ?? feed);
    else if (path === `/updates/${name}`) response.end(program);
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const run = startDouble({
    entry: join(import.meta.dirname, 'testing/update-once.ts'),
    settings: { isPackaged: true, appData: folder },
    environment: {
      FEED_SERVER: `http://127.0.0.1:${port}`,
      APPIMAGE: join(folder, 'Ventanilla.AppImage'),
      XDG_CACHE_HOME: join(folder, 'cache'),
    },
  });
  const said = (await run.ready) as { outcome: string; stage: string };
  await run.ended;
  server.close();
  return { ...said, asked, installed: readFileSync(join(folder, 'Ventanilla.AppImage'), 'utf8') };
}

test('[T23] a newer version is fetched from the desk’s own server, and takes the place of the old one when the desk quits', async () => {
  const { outcome, stage, asked, installed } = await ask({});
  expect({ outcome, stage }).toEqual({ outcome: 'downloaded 9.0.0', stage: 'ready' });
  expect(asked).toContain('/updates/Ventanilla-9.0.0.AppImage');
  expect(installed).toBe(program.toString());
});

test.each<[string, Feed, RegExp]>([
  ['whose hash is another', { hash: sha512(Buffer.from('something else')) }, /^refused: sha512 checksum mismatch/],
  ['that is older', { version: '0.0.9', name: 'Ventanilla-0.0.9.AppImage' }, /^nothing newer$/],
  ['that is the same', { version: '0.1.0', name: 'Ventanilla-0.1.0.AppImage' }, /^nothing newer$/],
  ['whose version is none', { version: 'newest' }, /^refused: /],
  ['that is a page of a captive portal', { page: '<!doctype html><title>Wi-Fi</title>' }, /^refused: /],
  ['that is empty', { page: '' }, /^refused: /],
])('[T23] a feed %s changes nothing', async (_title, feed, expected) => {
  const { outcome, stage, installed } = await ask(feed);
  expect(outcome).toMatch(expected);
  expect({ stage, installed }).toEqual({ stage: 'none', installed: OLD });
});

test('[T23] the name of a file in a feed leads nowhere else and runs nothing', async () => {
  await ask({ name: '../../`touch owned`.AppImage' });
  const outside = globSync('*', { cwd: folder });
  expect(outside.filter((path) => !['Ventanilla', 'Ventanilla.AppImage', 'cache', 'resources'].includes(path))).toEqual(
    [],
  );
  expect(globSync('**/owned', { cwd: folder })).toEqual([]);
});
