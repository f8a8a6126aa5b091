import type { Migration } from '../../../cache-file/migrate.ts';

const first: Migration = {
  version: 1,
  up: (db) => {
    db.exec('CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT');
    db.exec('CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT');
  },
};

/** The second step writes every row anew; as `isWhole` is false, it commits half-way as a careless one would. */
export const migrationSteps = (isWhole: boolean): Migration[] => [
  first,
  {
    version: 2,
    up: (db) => {
      db.exec('CREATE TABLE remarks (id INTEGER PRIMARY KEY, text TEXT NOT NULL, length INTEGER NOT NULL) STRICT');
      db.exec('INSERT INTO remarks SELECT id, text, length(text) FROM notes WHERE id % 2 = 0');
      if (!isWhole) db.exec('DELETE FROM notes; COMMIT; BEGIN IMMEDIATE');
      db.exec('INSERT OR IGNORE INTO remarks SELECT id, text, length(text) FROM notes');
      db.exec('DROP TABLE notes');
    },
  },
];

export const firstStep = [first];
