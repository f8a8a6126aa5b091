import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { branchMigrations } from '../../cache-file/branch-migrations.ts';
import { openDatabaseFile } from './database-file.ts';

let folder: string;
let path: string;
let generation: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'database-file-'));
  path = join(folder, 'branch.db');
  const file = openDatabaseFile({ path, migrations: branchMigrations, synchronous: 'NORMAL', expected: null });
  ({ generation } = file);
  file.db.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Whether the next start puts a new file in its place, after `change` to this one. */
function isRebuiltAfter(change: string): boolean {
  const db = new Database(path);
  db.unsafeMode();
  db.exec(change);
  db.close();
  const file = openDatabaseFile({ path, migrations: branchMigrations, synchronous: 'NORMAL', expected: generation });
  file.db.close();
  return file.isRebuilt;
}

test('a file as it was left, with the statistics of SQLite too, is whole', () => {
  expect(isRebuiltAfter('')).toBe(false);
  expect(isRebuiltAfter("INSERT INTO meta VALUES ('x', 'y'); ANALYZE")).toBe(false);
});

test('[R14] a sound file whose schema says other columns is rebuilt', () => {
  const damage = "UPDATE sqlite_master SET sql = replace(sql, 'agent_id', 'agent_1d') WHERE name = 'presences'";
  expect(isRebuiltAfter(`PRAGMA writable_schema = ON; ${damage}`)).toBe(true);
});
