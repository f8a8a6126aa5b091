import Database from 'better-sqlite3';
import { branchMigrations } from './branch-migrations.ts';
import { INSERT_HEADER, type HeaderRow } from './header-row.ts';
import { migrate } from './migrate.ts';

/** What `fill` puts into a new branch file. */
export interface BranchFileWriter {
  /** False for a row that is none: something in it is missing or of another type. It is left out. */
  putHeader: (row: HeaderRow) => boolean;
  putPresence: (branchId: string, agentId: string, json: string) => void;
  setCursor: (stream: string, seq: number) => void;
}

/**
 * Makes a whole branch file at `path`, where none is, in one transaction: the rows first, then the indexes and the search over
 * all of them at once. It is written without a journal and not synced: what is left by a crash is not to be used.
 */
export async function buildBranchFile(path: string, fill: (writer: BranchFileWriter) => Promise<void>): Promise<void> {
  const db = new Database(path);
  try {
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    db.pragma('temp_store = MEMORY');
    db.pragma('cache_size = -65536');
    migrate(db, branchMigrations);
    db.exec('BEGIN');
    const indexes = db
      .prepare<[], { name: string; sql: string }>(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'headers' AND sql IS NOT NULL",
      )
      .all();
    for (const { name } of indexes) db.exec(`DROP INDEX ${name}`);
    const header = db.prepare(INSERT_HEADER);
    const presence = db.prepare('INSERT INTO presences (branch_id, agent_id, json) VALUES (?, ?, ?)');
    const cursor = db.prepare('INSERT INTO cursors (stream, seq) VALUES (?, ?)');
    await fill({
      putHeader: (row: HeaderRow): boolean => {
        try {
          header.run(row);
          return true;
        } catch (error) {
          if (isNotOne(error)) return false;
          throw error;
        }
      },
      putPresence: (...row): void => {
        presence.run(...row);
      },
      setCursor: (...row): void => {
        cursor.run(...row);
      },
    });
    for (const { sql } of indexes) db.exec(sql);
    db.exec("INSERT INTO headers_search (headers_search) VALUES ('rebuild'); COMMIT");
  } finally {
    db.close();
  }
}

/** The table itself says what it wants in each column; nothing of a row that it refuses has been written. */
const isNotOne = (error: unknown): boolean =>
  error instanceof Database.SqliteError && /^SQLITE_CONSTRAINT_(NOTNULL|DATATYPE)$/.test(error.code);
