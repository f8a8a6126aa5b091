import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DeskKeyOptions } from './desk-key.ts';
import { openDeskKey } from './open-desk-key.ts';
import { shellWords } from './shell-words.ts';

const asked = vi.hoisted(() => ({ details: [] as string[], presses: [] as number[] }));
vi.mock('electron', () => ({
  dialog: {
    showMessageBox: async ({ detail }: { detail: string }) => {
      asked.details.push(detail);
      return { response: asked.presses.shift() };
    },
  },
}));

const QUIT = 0;
const WITHOUT_STORE = 1;
const START_OVER = 2;
const BACK = 0;
const SURE = 1;

let folder: string;
let options: DeskKeyOptions;
beforeEach(() => {
  asked.details.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-open-key-'));
  options = {
    platform: 'linux',
    path: join(folder, 'desk.key'),
    safeStorage: {
      isAsyncEncryptionAvailable: async () => true,
      getSelectedStorageBackend: () => 'kwallet6',
      encryptStringAsync: async (text) => Buffer.from(`v11${text}`),
      decryptStringAsync: async () => {
        throw new Error('another keyring sealed this');
      },
    },
  };
  writeFileSync(options.path, JSON.stringify({ backend: 'gnome_libsecret', sealed: 'djExeA==' }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (...presses: number[]) => {
  asked.presses = presses;
  return openDeskKey(options, shellWords('es'));
};

test('[T10] the agent is told which keyring sealed the data and which the system offers now', async () => {
  expect(await open(QUIT)).toBe('quit');
  expect(asked.details[0]).toContain('gnome_libsecret');
  expect(asked.details[0]).toContain('kwallet6');
});

test('[T10] without saving, the desk has no key and the file stays', async () => {
  const before = readFileSync(options.path);
  expect(await open(WITHOUT_STORE)).toBeNull();
  expect(readFileSync(options.path)).toEqual(before);
});

test('[T10] a new key is made only when that is said twice, and the earlier file is put aside', async () => {
  const before = readFileSync(options.path);
  expect(await open(START_OVER, BACK, QUIT)).toBe('quit');
  expect(readFileSync(options.path)).toEqual(before);
  const key = await open(START_OVER, SURE);
  expect(key).toHaveLength(32);
  const earlier = readdirSync(folder).find((name) => name.includes('.earlier-')) ?? '';
  expect(readFileSync(join(folder, earlier))).toEqual(before);
});
