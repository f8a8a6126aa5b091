import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { APP_ORIGIN } from './app-address.ts';
import { FRAME_CHANNEL } from './serve-ipc.ts';

const root = join(import.meta.dirname, '../../../..');
const sources = globSync('src/**/*.{ts,tsx,html,css}', { cwd: root })
  .filter((path) => !/\.test\.tsx?$|\/testing\//.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
const shell = sources.filter(({ path }) => /^src\/(main\/(index\.ts|hosts\/electron)|preload\/)/.test(path));
const naming = (pattern: RegExp, among = sources): string[] =>
  among.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

/** Electron's own support: its latest three majors. Written down 2026-11-22; to be renewed with each new major. */
const SUPPORTED_MAJORS = [43, 44, 45];

test('[E2] [E3] [E4] one place makes windows', () => {
  expect(naming(/new (?:BrowserWindow|BaseWindow|WebContentsView|BrowserView)\b/)).toEqual([
    'src/main/hosts/electron/create-window.ts',
  ]);
});

test('[E1] the page loads nothing from elsewhere: no address of the network stands in its sources', () => {
  const ofThePage = sources.filter(({ path }) => /^src\/(renderer|web|texts)\//.test(path));
  // A namespace of XML is a name, and nothing is fetched from it. The browser desk is on this machine.
  const addresses = ofThePage.flatMap(({ path, text }) =>
    [...text.matchAll(/(?:https?|wss?):\/\/(?!www\.w3\.org\/|127\.0\.0\.1)[\w.-]+\.\w+/g)].map(
      ([address]) => `${path}: ${address}`,
    ),
  );
  expect(addresses).toEqual([]);
});

test.each([
  ['E6', /\bwebSecurity\b/],
  ['E8', /\ballowRunningInsecureContent\b/],
  ['E9', /\bexperimentalFeatures\b/],
  ['E10', /\b(?:enableBlinkFeatures|appendSwitch)\b/],
  ['E11', /webviewTag: true|<webview/],
  ['E13', /\.loadFile\(/],
  ['E15', /\bopenPath\(/],
  ['E17', /\bipcMain\b|\.handle\('(?!app)|sendSync|executeJavaScript\(/],
  ['E18', /registerFileProtocol|interceptFileProtocol|['"]file:\/\//],
  ['E20', /exposeInMainWorld\((?!'desk')|exposeInIsolatedWorld|@electron\/remote/],
])('[%s] what would weaken the shell is not in its sources', (_id, pattern) => {
  expect(naming(pattern, shell)).toEqual([]);
});

test('[E15] one place opens addresses outside', () => {
  expect(naming(/shell\.openExternal\(/)).toEqual(['src/main/hosts/electron/open-external.ts']);
});

test('[E16] Electron is of a major that its makers support', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string;
  };
  expect(SUPPORTED_MAJORS).toContain(Number(version.split('.')[0]));
});

test('[E20] the preload script means the same origin and channel as main', () => {
  const preload = sources.find(({ path }) => path === 'src/preload/index.ts')?.text;
  expect(preload).toContain(`const APP_ORIGIN = '${APP_ORIGIN}';`);
  expect(preload).toContain(`const FRAME_CHANNEL = '${FRAME_CHANNEL}';`);
});
