import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { KeyStore } from '../key-store.ts';
import { readDeskKey, type DeskKeyOptions } from './desk-key.ts';

/** The key in the system's keyring. `opened` is the one of this start, which the agent may have been asked about. */
export function electronKeyStore(options: DeskKeyOptions, opened: Uint8Array | null): KeyStore {
  let key: Uint8Array | null | undefined = opened;
  return {
    key: async () => (key === undefined ? (key = (await readDeskKey(options)).key) : key),
    forget: async () => {
      key = undefined;
      const folder = dirname(options.path);
      // Earlier keys, which were put aside, open what was put aside with them.
      const own = (await readdir(folder)).filter((name) => name.startsWith(basename(options.path)));
      for (const name of own) await rm(join(folder, name), { force: true });
    },
  };
}
