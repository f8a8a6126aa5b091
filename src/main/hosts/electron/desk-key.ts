import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { SafeStorage } from 'electron';
import { z } from 'zod';

const KEY_LENGTH = 32;
/** On Linux, how what Chromium seals with its one fixed password begins: it does so where it finds no keyring after all. */
const FIXED_PASSWORD = 'v10';

const KeyFile = z.object({
  /** The keyring that sealed it: `dpapi`, `keychain`, or as Electron names those of Linux. */
  backend: z.string(),
  sealed: z.base64(),
});

/** The key that the desk's files are sealed with, or why there is none. */
export type DeskKey =
  | { key: Buffer }
  /** The system has no keyring worth the name: nothing is kept here. */
  | { key: null; problem: 'noKeyring' }
  /** Sealed with another keyring than the one that the system offers now. */
  | { key: null; problem: 'backendChanged'; before: string; now: string }
  | { key: null; problem: 'unreadable' };

export interface DeskKeyOptions {
  safeStorage: Pick<
    SafeStorage,
    'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
  >;
  platform: NodeJS.Platform;
  /** Of the key file, outside the database folder. */
  path: string;
}

/**
 * Reads the key of this desk, made at the first start. It lies in a file, sealed by the system's keyring; a keyring that only
 * hides it (`basic_text`) counts as none.
 */
export async function readDeskKey(options: DeskKeyOptions): Promise<DeskKey> {
  const now = await keyringOf(options);
  if (now === null) return { key: null, problem: 'noKeyring' };
  const text = await readText(options.path);
  if (text === null) return { key: await makeDeskKey(options) };
  const file = parseKeyFile(text);
  if (file === null) return { key: null, problem: 'unreadable' };
  try {
    const { result, shouldReEncrypt } = await options.safeStorage.decryptStringAsync(
      Buffer.from(file.sealed, 'base64'),
    );
    const key = Buffer.from(result, 'base64');
    if (key.length !== KEY_LENGTH) return { key: null, problem: 'unreadable' };
    if (shouldReEncrypt || file.backend !== now) await writeDeskKey(options, now, key);
    return { key };
  } catch {
    return file.backend === now
      ? { key: null, problem: 'unreadable' }
      : { key: null, problem: 'backendChanged', before: file.backend, now };
  }
}

/** Makes a new key; the file of an earlier one is kept beside it, for whoever can still open it. */
export async function makeDeskKey(options: DeskKeyOptions): Promise<Buffer> {
  const backend = await keyringOf(options);
  if (backend === null) throw new Error('there is no keyring to seal a key with');
  await rename(options.path, `${options.path}.earlier-${Date.now()}`).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  const key = randomBytes(KEY_LENGTH);
  await writeDeskKey(options, backend, key);
  return key;
}

async function keyringOf({ platform, safeStorage }: DeskKeyOptions): Promise<string | null> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
  if (platform === 'win32') return 'dpapi';
  if (platform === 'darwin') return 'keychain';
  const backend = safeStorage.getSelectedStorageBackend();
  if (backend === 'basic_text' || backend === 'unknown') return null;
  const sample = await safeStorage.encryptStringAsync('sample');
  return sample.subarray(0, FIXED_PASSWORD.length).toString() === FIXED_PASSWORD ? null : backend;
}

async function writeDeskKey({ safeStorage, path }: DeskKeyOptions, backend: string, key: Buffer): Promise<void> {
  const sealed = await safeStorage.encryptStringAsync(key.toString('base64'));
  const file: z.infer<typeof KeyFile> = { backend, sealed: sealed.toString('base64') };
  await writeFile(`${path}.new`, JSON.stringify(file), { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function parseKeyFile(text: string): z.infer<typeof KeyFile> | null {
  try {
    return KeyFile.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
