import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, startTicksOf } from './process-identity.ts';

/** Another live process works in this data folder. The message is one line and names its pid. */
export class DataFolderInUseError extends Error {
  readonly pid: number;

  constructor(folder: string, pid: number) {
    super(`The data folder ${folder} is in use by the process ${pid}.`);
    this.name = 'DataFolderInUseError';
    this.pid = pid;
  }
}

type Holder = { pid: number; startTicks?: number };

const LOCK = /^lock\.(\d+)$/;

/**
 * Makes this process the only one that works in the folder, which it creates if missing, until the returned function is
 * called or the process is gone. A lock left by a dead process is taken over.
 * @throws DataFolderInUseError
 *
 * The holder is the file `lock.<n>`; a newcomer creates `n + 1` in one step, so that of several exactly one succeeds, and
 * gives up if it then sees a live holder under another number.
 */
export function lockDataFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (;;) {
    const others = readLocks(folder);
    refuseLiveHolder(folder, others);
    const mine = join(folder, `lock.${Math.max(0, ...others.map((lock) => lock.number)) + 1}`);
    if (!createWhole(folder, mine, JSON.stringify(thisProcess()))) continue;
    try {
      refuseLiveHolder(
        folder,
        readLocks(folder).filter((lock) => lock.path !== mine),
      );
    } catch (error) {
      rmSync(mine);
      throw error;
    }
    for (const lock of others) rmSync(lock.path, { force: true });
    return () => rmSync(mine, { force: true });
  }
}

function thisProcess(): Holder {
  const startTicks = startTicksOf(process.pid);
  return { pid: process.pid, ...(startTicks !== undefined && { startTicks }) };
}

function readLocks(folder: string): { number: number; path: string; holder: Holder | undefined }[] {
  return readdirSync(folder).flatMap((name) => {
    const number = LOCK.exec(name)?.[1];
    const path = join(folder, name);
    return number === undefined ? [] : [{ number: Number(number), path, holder: readHolder(path) }];
  });
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined; // Released between the listing and now, or damaged by a power cut: no live process wrote it.
  }
}

function refuseLiveHolder(folder: string, locks: { holder: Holder | undefined }[]): void {
  for (const { holder } of locks) {
    if (holder !== undefined && isStillThere(holder)) throw new DataFolderInUseError(folder, holder.pid);
  }
}

function isStillThere({ pid, startTicks }: Holder): boolean {
  return isAlive(pid) && (startTicks === undefined || startTicksOf(pid) === startTicks);
}

/** A link appears with its whole content or not at all; false when the name is taken. */
function createWhole(folder: string, path: string, content: string): boolean {
  const draft = join(folder, `.lock-${randomUUID()}`);
  writeFileSync(draft, content, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}
