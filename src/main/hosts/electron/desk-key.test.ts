import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeDeskKey, readDeskKey, type DeskKeyOptions } from './desk-key.ts';

type Keyring = DeskKeyOptions['safeStorage'];
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-key-'));
  path = join(folder, 'desk.key');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface KeyringOptions {
  secret?: string;
  mark?: string;
  isAvailable?: boolean;
  isRotated?: boolean;
}

/** A keyring that really seals, with a secret of its own. */
function keyring(
  backend: ReturnType<Keyring['getSelectedStorageBackend']>,
  { secret = backend, mark = 'v11', isAvailable = true, isRotated = false }: KeyringOptions = {},
): Keyring {
  const key = createHash('sha256').update(secret).digest();
  return {
    isAsyncEncryptionAvailable: async () => isAvailable,
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: async (text) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.from(mark), iv, cipher.getAuthTag(), body]);
    },
    decryptStringAsync: async (sealed) => {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(3, 15)).setAuthTag(sealed.subarray(15, 31));
      const result = Buffer.concat([decipher.update(sealed.subarray(31)), decipher.final()]).toString();
      return { result, shouldReEncrypt: isRotated };
    },
  };
}

const on = (safeStorage: Keyring, platform: NodeJS.Platform = 'linux'): DeskKeyOptions => ({
  safeStorage,
  platform,
  path,
});
const keyOf = async (options: DeskKeyOptions): Promise<string | undefined> =>
  (await readDeskKey(options)).key?.toString('hex');

test('[T10] the key is made once, 32 bytes, sealed in a file that only this account may read, and found again', async () => {
  const options = on(keyring('gnome_libsecret'));
  const key = await keyOf(options);
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(await keyOf(options)).toBe(key);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const text = readFileSync(path, 'utf8');
  expect(text).not.toContain(Buffer.from(key ?? '', 'hex').toString('base64'));
});

test.each([
  ['basic_text', on(keyring('basic_text'))],
  ['a keyring not known yet', on(keyring('unknown'))],
  ['a keyring that is off', on(keyring('gnome_libsecret', { isAvailable: false }))],
  ['a keyring named but not there: Chromium’s fixed password seals', on(keyring('gnome_libsecret', { mark: 'v10' }))],
  ['Windows without its protection', on(keyring('unknown', { isAvailable: false }), 'win32')],
])('[T10] %s counts as none, and no file is made', async (_title, options) => {
  expect(await readDeskKey({ ...options, path })).toEqual({ key: null, problem: 'noKeyring' });
  expect(readdirSync(folder)).toEqual([]);
});

test('[T10] on Windows and macOS the system’s own protection is the keyring, whatever its mark', async () => {
  expect(await keyOf({ ...on(keyring('unknown', { mark: 'v10' }), 'win32'), path })).toMatch(/^[0-9a-f]{64}$/);
});

test('[T10] another keyring than the one that sealed the key is told by name, and the file stays', async () => {
  await readDeskKey(on(keyring('gnome_libsecret')));
  const before = readFileSync(path);
  expect(await readDeskKey(on(keyring('kwallet6')))).toEqual({
    key: null,
    problem: 'backendChanged',
    before: 'gnome_libsecret',
    now: 'kwallet6',
  });
  expect(readFileSync(path)).toEqual(before);
});

test('[T10] another keyring that opens it all the same seals it anew', async () => {
  const key = await keyOf(on(keyring('kwallet5', { secret: 'same' })));
  expect(await keyOf(on(keyring('kwallet6', { secret: 'same' })))).toBe(key);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ backend: 'kwallet6' });
});

test('[T10] a key that the system wants sealed anew is, and stays the same', async () => {
  const options = on(keyring('gnome_libsecret', { isRotated: true }));
  const key = await keyOf(options);
  const before = readFileSync(path, 'utf8');
  expect(await keyOf(options)).toBe(key);
  expect(readFileSync(path, 'utf8')).not.toBe(before);
});

test.each([
  ['a lost secret', undefined],
  ['a damaged file', '{"backend":"gnome_li'],
  ['a file of another form', '{"sealed":7}'],
  ['a sealed text that is no key', null],
])('[T10] %s is unreadable, and the file stays', async (_title, text) => {
  if (text === undefined) await readDeskKey(on(keyring('gnome_libsecret', { secret: 'before' })));
  else if (text !== null) writeFileSync(path, text);
  else {
    const sealed = await keyring('gnome_libsecret').encryptStringAsync('short');
    writeFileSync(path, JSON.stringify({ backend: 'gnome_libsecret', sealed: sealed.toString('base64') }));
  }
  const before = readFileSync(path, 'utf8');
  expect(await readDeskKey(on(keyring('gnome_libsecret')))).toEqual({ key: null, problem: 'unreadable' });
  expect(readFileSync(path, 'utf8')).toBe(before);
});

test('[T10] a new key puts the earlier file aside', async () => {
  const options = on(keyring('gnome_libsecret'));
  const first = await keyOf(options);
  const second = (await makeDeskKey(options)).toString('hex');
  expect(second).not.toBe(first);
  expect(await keyOf(options)).toBe(second);
  expect(readdirSync(folder).filter((name) => name.startsWith('desk.key.earlier-'))).toHaveLength(1);
});
