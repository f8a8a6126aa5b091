import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own that can be filled: a tmpfs. */
export interface SmallDisk {
  folder: string;
  free: () => number;
  /** Until so many bytes are free. */
  fillTo: (bytes: number) => void;
  empty: () => void;
  close: () => void;
}

const BLOCK = Buffer.alloc(65_536, 1);

/** @throws Error where this account may not mount one */
export function mountSmallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'ventanilla-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], {
    encoding: 'utf8',
  });
  if (mounted.status !== 0) {
    rmSync(folder, { recursive: true });
    throw new Error(`no tmpfs: ${mounted.stderr ?? String(mounted.error)}`);
  }
  const fill = join(folder, 'fill');
  const free = (): number => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  };
  return {
    folder,
    free,
    fillTo: (bytes) => {
      const file = openSync(fill, 'a');
      try {
        while (free() > bytes) writeSync(file, BLOCK, 0, Math.min(BLOCK.length, free() - bytes));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      } finally {
        closeSync(file);
      }
    },
    empty: () => rmSync(fill, { force: true }),
    close: () => {
      spawnSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Only who may mount can fill a disk. */
export const canMount = ((): boolean => {
  try {
    mountSmallDisk(1).close();
    return true;
  } catch {
    return false;
  }
})();
