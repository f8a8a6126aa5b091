import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { build, type Rolldown } from 'vite';
import { preloadImports } from './preload-imports.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ventanilla-page-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('a page names what its first script imports at once, and not what comes later', async () => {
  const files = {
    'index.html': '<!doctype html><script type="module" src="./first.js"></script>',
    'first.js': "import('./screens.js').then(({ show }) => show());",
    'screens.js': "export const show = () => import('./later.js').then(({ word }) => (document.title = word));",
    'later.js': "export const word = 'later';",
  };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(root, name), text)));
  const { output } = (await build({
    configFile: false,
    logLevel: 'silent',
    root,
    base: './',
    plugins: [preloadImports()],
    build: { write: false, modulePreload: false },
  })) as Rolldown.RolldownOutput;
  const page = output.find(({ fileName }) => fileName === 'index.html');
  const html = page?.type === 'asset' ? String(page.source) : '';
  const chunks = output.filter((file) => file.type === 'chunk');
  const screens = chunks.find(({ name }) => name === 'screens')?.fileName ?? 'no such chunk';
  const preloads = html.match(/<link rel="modulepreload"[^>]*>/g);
  expect(chunks).toHaveLength(3);
  expect(preloads).toHaveLength(1);
  expect(preloads?.[0]).toContain(`href="./${screens}"`);
});
