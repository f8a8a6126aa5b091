import { statfs } from 'node:fs/promises';

/** Below this nothing more is written: what was acknowledged must stay, and PostgreSQL needs room to tidy up (trust R13). */
export const LEAST_FREE_BYTES = 200 * 1024 * 1024;
const LOOK_EVERY_MS = 1_000;

export interface DiskGuard {
  /** Whether the disk is too full to write. Looks at most once a second. */
  isFull: () => Promise<boolean>;
}

export function createDiskGuard(
  folder: string,
  freeBytes: (folder: string) => Promise<number> = readFreeBytes,
): DiskGuard {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let answer = Promise.resolve(false);
  return {
    isFull: () => {
      const now = performance.now();
      if (now - lookedAt >= LOOK_EVERY_MS) {
        lookedAt = now;
        answer = freeBytes(folder).then((bytes) => bytes < LEAST_FREE_BYTES);
        // A failed look is asked again by the next one, and fails the request that waits for it.
        answer.catch(() => (lookedAt = Number.NEGATIVE_INFINITY));
      }
      return answer;
    },
  };
}

async function readFreeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
