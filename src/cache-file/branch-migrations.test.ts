import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { branchMigrations, BRANCH_SCHEMA } from './branch-migrations.ts';
import { migrate } from './migrate.ts';

test('the schema that desks and images name is that of the last step', () => {
  expect(BRANCH_SCHEMA).toBe(branchMigrations.at(-1)?.version);
});

test('an attached file gets the same schema as one that is opened by itself', () => {
  const db = new Database(':memory:');
  db.exec("ATTACH ':memory:' AS branch");
  migrate(db, branchMigrations, 'branch');
  const alone = new Database(':memory:');
  migrate(alone, branchMigrations);
  const names = (from: Database.Database, schema: string) =>
    from.prepare(`SELECT type, name FROM ${schema}.sqlite_master ORDER BY name`).all();
  expect(names(db, 'branch')).toEqual(names(alone, 'main'));
  expect(names(db, 'main')).toEqual([]);
  expect(db.pragma('branch.user_version', { simple: true })).toBe(BRANCH_SCHEMA);
});
