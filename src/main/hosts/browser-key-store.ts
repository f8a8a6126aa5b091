import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { KeyStore } from './key-store.ts';

const KEY_LENGTH = 32;

/**
 * The key in a file that only this account may read (0600), which must lie outside of the folder of the databases. A folder
 * in which no such file can be made has no safe place. A file of another length is left alone: it is nobody's to overwrite.
 */
export function browserKeyStore(path: string): KeyStore {
  return {
    key: async () => {
      try {
        return (await read(path)) ?? (await make(path));
      } catch {
        return null;
      }
    },
    forget: async () => {
      for (const name of [path, `${path}.new`]) await rm(name, { force: true });
    },
  };
}

async function read(path: string): Promise<Uint8Array | null> {
  try {
    const key = await readFile(path);
    if (key.length !== KEY_LENGTH) throw new Error(`${path} holds no key.`);
    await chmod(path, 0o600);
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function make(path: string): Promise<Uint8Array> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const key = randomBytes(KEY_LENGTH);
  await writeFile(`${path}.new`, key, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
  return key;
}
