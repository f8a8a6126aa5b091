import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import type { StoreFolder } from '../cache/open-store.ts';
import { waitingCountPath } from '../cache/waiting-count.ts';
import type { KeyStore } from '../hosts/key-store.ts';

type DeskFiles = StoreFolder & { keyStore: KeyStore };

/**
 * Removes all that a desk keeps (trust T10): first the key, without which what is sealed is worth nothing, then the files. The
 * desk has closed them. A mark says that it was begun, so that a start after a cut goes on with it.
 */
export async function wipeDesk({ databaseFolder, markerPath, keyStore }: DeskFiles): Promise<void> {
  // Where not even the mark can be written, all the rest is removed all the same.
  await writeFile(markOf(markerPath), '', { mode: 0o600, flush: true }).catch(() => undefined);
  try {
    await keyStore.forget();
  } finally {
    await rm(databaseFolder, { recursive: true, force: true });
  }
  for (const path of [markerPath, `${markerPath}.new`, waitingCountPath(markerPath), markOf(markerPath)])
    await rm(path, { force: true });
}

/** Goes on with a wipe that was cut short; true when there was one. */
export async function finishWipe(files: DeskFiles): Promise<boolean> {
  const wasBegun = existsSync(markOf(files.markerPath));
  if (wasBegun) await wipeDesk(files);
  return wasBegun;
}

const markOf = (markerPath: string): string => `${markerPath}.wipe`;
