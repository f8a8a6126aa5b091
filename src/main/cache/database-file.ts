import { randomUUID } from 'node:crypto';
import { existsSync, renameSync, statSync } from 'node:fs';
import Database, { type Database as Db } from 'better-sqlite3';
import { migrate, NewerFileError, type Migration } from '../../cache-file/migrate.ts';

export interface DatabaseFile {
  db: Db;
  generation: string;
  /** Where the earlier file lies when it could not be used; null where it was simply gone, or all is well. */
  quarantined: string | null;
  /** An earlier file was there once and what it held is not in this one. */
  isRebuilt: boolean;
  /** False for one that was too large to be read from end to end. */
  isReadWhole: boolean;
}

interface OpenOptions {
  path: string;
  migrations: readonly Migration[];
  synchronous: 'NORMAL' | 'FULL';
  /** Generation that the marker outside names; null when it names none. */
  expected: string | null;
  /** Of a larger file only the beginning is looked at: the rest is left to be read later. In bytes. */
  largestReadWhole?: number;
}

/**
 * Opens a database file of this desk, checked and migrated. A file that is damaged, emptied or of another generation is moved
 * aside, never deleted, and a new one takes its place. The lock is exclusive: a second process is refused (SQLITE_BUSY).
 * @throws NewerFileError for a file of a newer version, which is left as it is
 */
export function openDatabaseFile(options: OpenOptions): DatabaseFile {
  const { path, expected, largestReadWhole = Infinity } = options;
  const wasThere = existsSync(path);
  try {
    const isReadWhole = !wasThere || statSync(path).size <= largestReadWhole;
    const db = openChecked(options, isReadWhole);
    const generation = generationOf(db);
    if (generation !== null && (expected === null || expected === generation)) {
      return { db, generation, quarantined: null, isRebuilt: false, isReadWhole };
    }
    if (generation === null && expected === null) {
      return { db, generation: nameGeneration(db), quarantined: null, isRebuilt: false, isReadWhole };
    }
    db.close();
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  const quarantined = wasThere ? quarantineFile(path) : null;
  const db = openChecked(options, true);
  return { db, generation: nameGeneration(db), quarantined, isRebuilt: true, isReadWhole: true };
}

function openChecked({ path, migrations, synchronous }: OpenOptions, isReadWhole: boolean): Db {
  // Without a journal to complete it, a file ends with a whole page; SQLite reads zeros for what is cut off the last one.
  const size = existsSync(path) && !existsSync(`${path}-wal`) ? statSync(path).size : 0;
  const db = new Database(path, { timeout: 0 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('journal_mode = WAL');
    db.pragma(`synchronous = ${synchronous}`);
    // What must not be lost is in the file itself before it is acknowledged: a journal that is gone takes nothing with it.
    if (synchronous === 'FULL') db.pragma('wal_autocheckpoint = 1');
    db.pragma('temp_store = MEMORY');
    db.pragma('secure_delete = ON');
    const isCut = size % Number(db.pragma('page_size', { simple: true })) !== 0;
    if (isCut) throw new Database.SqliteError('the last page is cut', 'SQLITE_CORRUPT');
    if (isReadWhole && !isWhole(db)) throw new Database.SqliteError('a page is damaged', 'SQLITE_CORRUPT');
    migrate(db, migrations);
    if (schemaOf(db) !== schemaAfter(migrations))
      throw new Database.SqliteError('the schema is damaged', 'SQLITE_CORRUPT');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Without what SQLite adds for itself, such as its statistics. */
const schemaOf = (db: Db): string =>
  JSON.stringify(
    db
      .prepare(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name",
      )
      .all(),
  );

/** What they make: a byte changed in the schema itself gives a sound file with other tables. */
function schemaAfter(migrations: OpenOptions['migrations']): string {
  const db = new Database(':memory:');
  try {
    migrate(db, migrations);
    return schemaOf(db);
  } finally {
    db.close();
  }
}

/** Reads a file of this connection from end to end, indexes against their tables too: what they promise is read without a look. */
export function isWhole(db: Db, schema = 'main'): boolean {
  try {
    return db.pragma(`${schema}.integrity_check(1)`, { simple: true }) === 'ok';
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

export function isDamage(error: unknown): boolean {
  if (error instanceof NewerFileError) return false;
  return error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB|ERROR)/.test(error.code);
}

/** Moves the file and its journal aside together, so that what can be read of it still can. */
export function quarantineFile(path: string): string {
  const target = `${path}.quarantined-${Date.now()}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix);
  }
  return target;
}

function generationOf(db: Db): string | null {
  const row = db.prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'generation'").get();
  return row?.value ?? null;
}

function nameGeneration(db: Db): string {
  const generation = randomUUID();
  db.prepare("INSERT INTO meta (key, value) VALUES ('generation', ?)").run(generation);
  return generation;
}
