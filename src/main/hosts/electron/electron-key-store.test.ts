import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeDeskKey, type DeskKeyOptions } from './desk-key.ts';
import { electronKeyStore } from './electron-key-store.ts';

let folder: string;
let options: DeskKeyOptions;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-key-store-'));
  options = {
    platform: 'win32',
    path: join(folder, 'desk-1.key'),
    safeStorage: {
      isAsyncEncryptionAvailable: async () => true,
      getSelectedStorageBackend: () => 'unknown',
      encryptStringAsync: async (text) => Buffer.from(text),
      decryptStringAsync: async (sealed) => ({ result: sealed.toString(), shouldReEncrypt: false }),
    },
  };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('[T10] a key that is forgotten is gone with the earlier ones, and the next is another', async () => {
  await makeDeskKey(options);
  const first = await makeDeskKey(options);
  const other = join(folder, 'desk-2.key');
  writeFileSync(other, 'of another desk');
  const store = electronKeyStore(options, first);
  expect(await store.key()).toEqual(first);
  expect(readdirSync(folder)).toHaveLength(3);
  await store.forget();
  expect(readdirSync(folder)).toEqual(['desk-2.key']);
  const next = await store.key();
  expect(next).toHaveLength(32);
  expect(next).not.toEqual(first);
  expect(await store.key()).toEqual(next);
});

test('[T10] where the agent chose to go on without a key there is none, until it is forgotten', async () => {
  const store = electronKeyStore(options, null);
  expect(await store.key()).toBeNull();
  expect(readdirSync(folder)).toEqual([]);
});
