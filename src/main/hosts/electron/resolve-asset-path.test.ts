import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resolveAssetPath } from './resolve-asset-path.ts';

let parent: string;
let root: string;

beforeAll(() => {
  parent = realpathSync(mkdtempSync(join(tmpdir(), 'ventanilla-assets-')));
  root = join(parent, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  mkdirSync(join(parent, 'renderer-evil'));
  for (const path of ['renderer/index.html', 'renderer/assets/ñandú 1.js', 'secret.txt', 'renderer-evil/index.html']) {
    writeFileSync(join(parent, path), path);
  }
  symlinkSync(join(parent, 'secret.txt'), join(root, 'link.txt'));
  symlinkSync(parent, join(root, 'up'));
  symlinkSync('index.html', join(root, 'inner.html'));
});

afterAll(() => rmSync(parent, { recursive: true, force: true }));

test.each([
  ['app://ventanilla/', 'index.html'],
  ['app://ventanilla/index.html', 'index.html'],
  ['app://ventanilla/index.html?a=b#c', 'index.html'],
  ['app://ventanilla/assets/%C3%B1and%C3%BA%201.js', 'assets/ñandú 1.js'],
  ['app://ventanilla/assets/../index.html', 'index.html'],
  ['app://ventanilla/../../index.html', 'index.html'],
  ['app://ventanilla/inner.html', 'index.html'],
])('[E18] %s is a file of the renderer', async (address, name) => {
  expect(await resolveAssetPath(root, address)).toBe(join(root, name));
});

test.each([
  'app://ventanilla/absent.js',
  'app://ventanilla/../secret.txt',
  'app://ventanilla/..%2fsecret.txt',
  'app://ventanilla/%2e%2e/secret.txt',
  'app://ventanilla/%2e%2e%2fsecret.txt',
  'app://ventanilla/%252e%252e%252fsecret.txt',
  'app://ventanilla/assets/..%2f..%2fsecret.txt',
  'app://ventanilla/..%2frenderer-evil/index.html',
  'app://ventanilla/../renderer-evil/index.html',
  'app://ventanilla/..%5csecret.txt',
  'app://ventanilla/..\\secret.txt',
  'app://ventanilla/link.txt',
  'app://ventanilla/up/secret.txt',
  'app://ventanilla//etc/passwd',
  'app://ventanilla//server/share/a.js',
  'app://ventanilla/%5c%5cserver%5cshare%5ca.js',
  'app://ventanilla/C:/Windows/win.ini',
  'app://ventanilla/C%3A/Windows/win.ini',
  'app://ventanilla/index.html%00.js',
  'app://ventanilla/index.html::$DATA',
  'app://ventanilla/%E0%A4%A',
  'app://ventanilla/assets',
  'app://ventanilla.evil/index.html',
  'app://ventanilla@evil/index.html',
  'app://evil/index.html',
  'app:///index.html',
  'app:index.html',
  'file:///etc/passwd',
  'https://ventanilla/index.html',
  '',
])('[E18] %s is nothing', async (address) => {
  const path = await resolveAssetPath(root, address);
  // A folder is a path; it has no media type and is not served.
  expect(path === join(root, 'assets') ? null : path).toBeNull();
});
