import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { cacheMigrations } from './cache-migrations.ts';
import { migrate, NewerFileError, type Migration } from './migrate.ts';

test('a new file gets every step and the version of the last one', () => {
  const db = new Database(':memory:');
  migrate(db, cacheMigrations);
  expect(db.pragma('user_version', { simple: true })).toBe(cacheMigrations.at(-1)?.version);
  expect(db.prepare("SELECT count(*) FROM sqlite_master WHERE type = 'table'").pluck().get()).toBe(5);
});

test('every table is strict', () => {
  const db = new Database(':memory:');
  migrate(db, cacheMigrations);
  const tables = db
    .prepare("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    .all();
  const lax = (tables as { name: string; strict: number }[]).filter(
    (table) => table.strict === 0 && !table.name.startsWith('sqlite_'),
  );
  expect(lax).toEqual([]);
});

test('[R14] a file from a newer version is refused and left as it was', () => {
  const db = new Database(':memory:');
  db.exec('CREATE TABLE later (id TEXT)');
  db.pragma('user_version = 999');
  expect(() => migrate(db, cacheMigrations)).toThrow(NewerFileError);
  expect(db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()).toEqual(['later']);
});

test('[R15] a step that fails leaves neither its tables nor its version behind', () => {
  const db = new Database(':memory:');
  const broken: Migration = {
    version: 999,
    up: (target) => {
      target.exec('CREATE TABLE half (id TEXT)');
      throw new Error('disk full');
    },
  };
  expect(() => migrate(db, [...cacheMigrations, broken])).toThrow('disk full');
  expect(db.pragma('user_version', { simple: true })).toBe(cacheMigrations.at(-1)?.version);
  expect(db.prepare("SELECT name FROM sqlite_master WHERE name = 'half'").get()).toBeUndefined();
});
