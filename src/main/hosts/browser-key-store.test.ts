import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { browserKeyStore } from './browser-key-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-key-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('[T10] the key is the same at every start until it is forgotten; then it is gone, and the next is another', async () => {
  const path = join(folder, 'keys/desk-1.key');
  const first = await browserKeyStore(path).key();
  expect(first).toHaveLength(32);
  const store = browserKeyStore(path);
  expect(await store.key()).toEqual(first);
  await store.forget();
  expect(existsSync(path)).toBe(false);
  expect(await store.key()).not.toEqual(first);
});
