import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { extractFile, listPackage, statFile } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { carriedPackages } from './carried-packages.ts';
import { makeElectronStub } from './testing/electron-stub.ts';

const root = dirname(import.meta.dirname);
let folder: string;
let unpacked: string;
let archive: string;

beforeAll(() => {
  if (!existsSync(join(root, 'out/main/index.js'))) throw new Error('Not built. Run: node tools/run.mjs build');
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-package-'));
  makeElectronStub(join(folder, 'electron'), root);
  const args = ['--linux', '--dir', '--publish', 'never', '--config', 'electron-builder.yml'];
  const changed = [`-c.electronDist=${join(folder, 'electron')}`, `-c.directories.output=${join(folder, 'dist')}`];
  execFileSync(process.execPath, [join(root, 'node_modules/electron-builder/cli.js'), ...args, ...changed], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  unpacked = join(folder, 'dist', process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`);
  archive = join(unpacked, 'resources/app.asar');
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = (): string[] =>
  listPackage(archive, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').replace(/^\//, ''))
    .filter((path) => !('files' in statFile(archive, path)));

/** What may be in the installer; whatever else gets in is a mistake. */
const allowed = [
  /^package\.json$/,
  /^LICENSE$/,
  /^out\/main\/(index\.js|cache-worker\.cjs)$/,
  /^out\/main\/chunks\/[\w.-]+\.js$/,
  /^out\/preload\/index\.cjs$/,
  /^out\/renderer\/(index\.html|[\w.-]+\.svg|assets\/[\w.-]+\.(js|css|svg|woff2))$/,
  /^resources\/icon\.(png|svg)$/,
  /^resources\/tray\/(light|dark)\/[a-z-]+(@[\d.]+x)?\.png$/,
  /^resources\/badge\/[1-9](-plus)?(@2x)?\.png$/,
  /^node_modules\/better-sqlite3\/(package\.json|LICENSE|lib\/[\w./-]+\.js|prebuilds\/linux-(x64|arm64)\.node)$/,
  /^node_modules\/@node-rs\/argon2\/(package\.json|LICENSE|index\.js)$/,
  /^node_modules\/@node-rs\/argon2-linux-[\w-]+\/(package\.json|argon2\.[\w.-]+\.node)$/,
];

test('the archive holds what the desk needs, and nothing else', () => {
  const all = files();
  expect(all.filter((path) => !allowed.some((pattern) => pattern.test(path)))).toEqual([]);
  expect(allowed.filter((pattern) => !all.some((path) => pattern.test(path)))).toEqual([]);
  expect(all.filter((path) => path.endsWith('.node'))).toHaveLength(2);
});

test('every package that cannot be bundled is carried', () => {
  const all = files();
  expect(carriedPackages.filter((name) => !all.includes(`node_modules/${name}/package.json`))).toEqual([]);
});

test('[T29] neither maps, tests, sources nor anything of this machine are in it', () => {
  const home = process.env['HOME'] ?? '';
  const ofThisMachine = [root, home].filter((path) => path.length > 1);
  const texts = files().filter((path) => /\.(js|cjs|html|css|json)$/.test(path));
  const read = (path: string): string => extractFile(archive, path).toString('utf8');
  expect(files().filter((path) => /\.map$|\.test\.|\.tsx?$|(^|\/)\.env|\.pem$|\.key$/.test(path))).toEqual([]);
  expect(texts.filter((path) => ofThisMachine.some((place) => read(path).includes(place)))).toEqual([]);
  expect(texts.filter((path) => /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(read(path)))).toEqual([]);
});

test('its package.json starts the built main script and runs no other', () => {
  const manifest = JSON.parse(extractFile(archive, 'package.json').toString('utf8')) as Record<string, unknown>;
  expect(manifest).toMatchObject({ name: 'ventanilla', type: 'module', main: './out/main/index.js' });
  expect(manifest).not.toHaveProperty('scripts');
  expect(manifest).not.toHaveProperty('devDependencies');
});

test('[E19] the fuses of the packed program are set', async () => {
  const wire = await getCurrentFuseWire(join(unpacked, 'ventanilla'));
  const isOn = (fuse: FuseV1Options): boolean => wire[fuse] === FuseState.ENABLE;
  expect({
    runAsNode: isOn(FuseV1Options.RunAsNode),
    nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    cliInspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
    fileProtocol: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
    cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
    onlyAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
    asarIntegrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    ownSnapshot: isOn(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
  }).toEqual({
    runAsNode: false,
    nodeOptions: false,
    cliInspect: false,
    fileProtocol: false,
    cookieEncryption: true,
    onlyAsar: true,
    asarIntegrity: true,
    ownSnapshot: false,
  });
});

test('[E19] every fuse that the packager knows is decided', () => {
  const scheme = JSON.parse(readFileSync(join(root, 'node_modules/app-builder-lib/scheme.json'), 'utf8')) as {
    definitions: { FuseOptionsV1: { properties: object } };
  };
  const { electronFuses } = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as {
    electronFuses: object;
  };
  expect(Object.keys(electronFuses).toSorted()).toEqual(
    Object.keys(scheme.definitions.FuseOptionsV1.properties).toSorted(),
  );
});

test('[T23] the publisher is named, so that an update of another one is refused', () => {
  const config = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as {
    win: { verifyUpdateCodeSignature: boolean; signtoolOptions: { publisherName: string[] } };
  };
  expect(config.win.verifyUpdateCodeSignature).toBe(true);
  expect(config.win.signtoolOptions.publisherName.length).toBeGreaterThan(0);
});

test('the packed database and password packages run under plain Node', () => {
  const modules = join(unpacked, 'resources/app.asar.unpacked/node_modules');
  const script = `
    const { createRequire } = require('node:module');
    const { join } = require('node:path');
    const [modules, root] = process.argv.slice(1);
    const native = require(join(modules, 'better-sqlite3/prebuilds', process.platform + '-' + process.arch + '.node'));
    const Database = createRequire(join(root, 'package.json'))('better-sqlite3');
    const db = new Database(':memory:', { nativeBinding: native });
    const argon = require(require('node:fs').globSync(join(modules, '@node-rs/argon2-*/*.node'))[0]);
    process.stdout.write(JSON.stringify([db.prepare('SELECT 40 + 2').pluck().get(), typeof argon.hash]));`;
  const said = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', '-e', script, modules, root], {
    encoding: 'utf8',
  });
  expect(JSON.parse(said)).toEqual([42, 'function']);
});
