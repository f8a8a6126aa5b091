import { chmodSync, existsSync, mkdtempSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

/** Linux has one, of half of its memory if nobody said otherwise. */
const MEMORY = '/dev/shm';
const TMPFS = 0x01_02_19_94;
/** More than all tests at once have in files. */
const ROOM_BYTES = 4 * 1024 ** 3;

/** Makes a folder for temporary files that lie in memory; null where the machine has no room for them, or a folder was chosen. */
export function folderInMemory(chosen: string | undefined): string | null {
  if (chosen !== undefined || !existsSync(MEMORY)) return null;
  const { type, bavail, bsize } = statfsSync(MEMORY);
  if (type !== TMPFS || bavail * bsize < ROOM_BYTES) return null;
  const folder = mkdtempSync(join(MEMORY, 'ventanilla-test-'));
  // As the folder that it stands for: databases run under an account of their own.
  chmodSync(folder, 0o1777);
  return folder;
}
