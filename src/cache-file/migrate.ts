import type { Database } from 'better-sqlite3';

/** One numbered step of a file's schema; never edited once released. */
export interface Migration {
  version: number;
  /** `schema`: the name under which the connection knows the file, `main` unless it is attached. */
  up: (db: Database, schema: string) => void;
}

/** The file was written by a newer version of the program. Nothing in it was touched. */
export class NewerFileError extends Error {
  readonly found: number;
  readonly known: number;

  constructor(found: number, known: number) {
    super(`The file has schema version ${found}; this version knows up to ${known}.`);
    this.name = 'NewerFileError';
    this.found = found;
    this.known = known;
  }
}

/**
 * Brings a file to the newest schema: each missing step in one transaction with the bump of `user_version`.
 * @throws NewerFileError
 */
export function migrate(db: Database, migrations: readonly Migration[], schema = 'main'): void {
  const known = migrations.at(-1)?.version ?? 0;
  const found = Number(db.pragma(`${schema}.user_version`, { simple: true }));
  if (found > known) throw new NewerFileError(found, known);
  for (const migration of migrations) {
    if (migration.version <= found) continue;
    db.transaction(() => {
      migration.up(db, schema);
      db.pragma(`${schema}.user_version = ${migration.version}`);
    }).immediate();
  }
}
