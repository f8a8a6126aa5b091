import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TakenFile } from '../file-host.ts';
import { createDownloadFolder } from './download-folder.ts';

let folder: string;
let shown: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-downloads-'));
  shown = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (platform: NodeJS.Platform = 'linux', at = folder) =>
  createDownloadFolder({ folder: () => at, showInFolder: (path) => shown.push(path), platform });
const file = (text: string, fails = false): TakenFile => ({
  name: 'Contrato.pdf',
  kind: 'application/pdf',
  bytes: text.length,
  content: async function* () {
    yield Buffer.from(text);
    if (fails) throw new Error('cut');
  },
});

test('[S2-47] a file is saved under a name that nothing has yet, and is shown in its folder alone', async () => {
  const host = open();
  const first = await host.take(file('one'));
  const second = await host.take(file('two'));
  expect([first, second]).toMatchObject([
    { type: 'saved', name: 'Contrato.pdf' },
    { type: 'saved', name: 'Contrato (1).pdf' },
  ]);
  expect(readFileSync(join(folder, 'Contrato.pdf'), 'utf8')).toBe('one');
  expect(readFileSync(join(folder, 'Contrato (1).pdf'), 'utf8')).toBe('two');
  expect(statSync(join(folder, 'Contrato.pdf')).mode & 0o177).toBe(0);
  if (second.type === 'saved') host.show(second.savedId);
  host.show(crypto.randomUUID() as never);
  expect(shown).toEqual([join(folder, 'Contrato (1).pdf')]);
});

test('[T6] on Windows it carries the mark of what came from elsewhere', async () => {
  await open('win32').take(file('one'));
  expect(readFileSync(join(folder, 'Contrato.pdf:Zone.Identifier'), 'utf8')).toBe('[ZoneTransfer]\r\nZoneId=3\r\n');
});

test('[B86] what breaks off, or cannot be written, leaves nothing behind', async () => {
  await expect(open().take(file('half', true))).rejects.toThrow('cut');
  expect(readdirSync(folder)).toEqual([]);
  const nowhere = join(folder, 'gone');
  await expect(open('linux', nowhere).take(file('one'))).rejects.toMatchObject({ code: 'NOT_SAVED' });
  expect(existsSync(nowhere)).toBe(false);
});
