import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database, { type Database as Db } from 'better-sqlite3';
import { branchMigrations, BRANCH_SCHEMA } from '../../cache-file/branch-migrations.ts';
import { migrate } from '../../cache-file/migrate.ts';
import { isWhole, openDatabaseFile } from './database-file.ts';
import { syncFolder } from './sync-folder.ts';

/** An image that is not what it was said to be, or whose place could not be taken. The cache is as it was. */
export class ImageRefusedError extends Error {
  constructor(detail: string) {
    super(detail);
    this.name = 'ImageRefusedError';
  }
}

interface Options {
  cache: Db;
  folder: string;
  /** Generations that the marker names, by branch. */
  expected: Readonly<Record<string, string>>;
  /** A larger file is read from end to end by `readRest`, in bytes. */
  largestReadFirst?: number;
}

/** Read in some 20 ms; 100,000 headers are 40 MB. */
const LARGEST_READ_FIRST = 8 * 1024 * 1024;

/**
 * The branches' own files. One of them at a time is attached to the cache as `branch`, so that statements say `headers` and
 * mean those of the branch; before any is, an empty one in memory. All of them are opened at once, as the cache is; a large one
 * is read from end to end later, so that nobody waits for it before the first list. The lock of the cache guards them too. A
 * file that cannot be attached has a stand-in in memory until another one is: the desk goes on with the rows that the server sends.
 * @throws NewerFileError for a file of a newer version
 */
export function openBranchFiles({ cache, folder, expected, largestReadFirst = LARGEST_READ_FIRST }: Options) {
  const generations = new Map<string, string>();
  const unread = new Set<string>();
  /** Which branch's rows statements mean; null for those of none, undefined while nothing is attached. */
  let attached: string | null | undefined;
  let isAnyRebuilt = false;

  const pathOf = (branchId: string): string => join(folder, `branch-${branchId}.db`);

  const check = (branchId: string, generation: string | null, largestReadWhole = largestReadFirst): boolean => {
    const file = openDatabaseFile({
      path: pathOf(branchId),
      migrations: branchMigrations,
      synchronous: 'NORMAL',
      expected: generation,
      largestReadWhole,
    });
    file.db.close();
    isAnyRebuilt ||= file.isRebuilt;
    generations.set(branchId, file.generation);
    if (file.isReadWhole) unread.delete(branchId);
    else unread.add(branchId);
    return file.isRebuilt;
  };

  const attachMemory = (): void => {
    cache.prepare("ATTACH ':memory:' AS branch").run();
    migrate(cache, branchMigrations, 'branch');
  };
  const attachFile = (branchId: string): void => {
    cache.prepare('ATTACH ? AS branch').run(pathOf(branchId));
    cache.pragma('branch.journal_mode = WAL');
    cache.pragma('branch.synchronous = NORMAL');
    cache.pragma('branch.secure_delete = ON');
  };

  /** Asks SQLite itself: a file that was attached and then refused to be set up is still there. */
  const detach = (): void => {
    const names = cache.pragma('database_list') as { name: string }[];
    if (names.some(({ name }) => name === 'branch')) cache.exec('DETACH branch');
    attached = undefined;
  };
  const attach = (branchId: string | null): void => {
    detach();
    try {
      if (branchId === null) attachMemory();
      else attachFile(branchId);
    } catch {
      detach();
      attachMemory();
    }
    attached = branchId;
  };

  const use = (branchId: string, changed: () => void): void => {
    if (attached === branchId) return;
    if (!generations.has(branchId)) {
      check(branchId, null);
      changed();
    }
    attach(branchId);
  };

  for (const name of readdirSync(folder)) {
    // What a cut left of an image that was not installed.
    if (name.includes('.image-')) rmSync(join(folder, name));
  }
  const found = readdirSync(folder).flatMap((name) => /^branch-([0-9a-f-]{36})\.db$/.exec(name)?.[1] ?? []);
  for (const id of new Set([...found, ...Object.keys(expected)])) check(id, expected[id] ?? null);
  attach([...generations.keys()][0] ?? null);

  return {
    /** By branch; to be named in the marker. */
    generations: (): Record<string, string> => Object.fromEntries(generations),
    isAnyRebuilt: (): boolean => isAnyRebuilt,
    /**
     * Reads the files from end to end that were too large at the start. Gives the branches that were damaged: each was moved
     * aside and begins anew, empty.
     */
    readRest: (): string[] =>
      [...unread].filter((branchId) => {
        unread.delete(branchId);
        const isAttached = attached === branchId;
        if (isAttached && isWhole(cache, 'branch')) return false;
        if (isAttached) detach();
        try {
          return check(branchId, generations.get(branchId) ?? null, Infinity);
        } finally {
          if (isAttached) attach(branchId);
        }
      }),
    /** Attaches the file of this branch; `changed` is told when it had to be made. */
    use,
    /** Looks into each file in turn, then back into the one that was attached. */
    each: (look: () => void): void => {
      const before = attached;
      try {
        for (const branchId of generations.keys()) {
          use(branchId, () => undefined);
          look();
        }
      } finally {
        if (attached !== before) attach(before ?? null);
      }
    },
    /**
     * Puts a ready file in the place of the attached one, which is then gone whole. The new one takes over its generation, so
     * that one rename changes all that there is to change. `before` is told what is in it once it is known to be good.
     * @throws ImageRefusedError
     */
    replace: (imagePath: string, before: (has: (ticketId: string) => boolean) => void): void => {
      const branchId = attached ?? null;
      const generation = branchId === null ? undefined : generations.get(branchId);
      if (branchId === null || generation === undefined) throw new ImageRefusedError('No branch is attached.');
      try {
        nameImage(imagePath, branchId, generation, before);
        detach();
        if (existsSync(`${pathOf(branchId)}-wal`)) fold(pathOf(branchId));
        syncFolder(folder);
        renameSync(imagePath, pathOf(branchId));
        unread.delete(branchId);
        syncFolder(folder);
      } catch (error) {
        throw error instanceof ImageRefusedError ? error : new ImageRefusedError(String(error));
      } finally {
        if (attached === undefined) attach(branchId);
      }
    },
  };
}

export type BranchFiles = ReturnType<typeof openBranchFiles>;

/** A journal beside a file would be taken for that of the file that comes into its place. */
function fold(path: string): void {
  const db = new Database(path, { timeout: 0 });
  try {
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
  if (existsSync(`${path}-wal`)) throw new ImageRefusedError('The journal of the branch could not be written back.');
}

/** @throws when it is no image of this branch and of this schema */
function nameImage(
  path: string,
  branchId: string,
  generation: string,
  before: (has: (ticketId: string) => boolean) => void,
): void {
  const db = new Database(path, { fileMustExist: true, timeout: 0 });
  try {
    db.pragma('synchronous = FULL');
    const schema = db.pragma('user_version', { simple: true });
    if (schema !== BRANCH_SCHEMA) throw new ImageRefusedError(`The image has schema version ${String(schema)}.`);
    const stream = db.prepare('SELECT stream FROM cursors').pluck().get();
    if (stream !== `branch:${branchId}`) throw new ImageRefusedError('The image is of another branch.');
    const has = db.prepare<[string]>('SELECT 1 FROM headers WHERE id = ?');
    before((ticketId) => has.get(ticketId) !== undefined);
    db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('generation', ?)").run(generation);
  } finally {
    db.close();
  }
}
