import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { branchMigrations, BRANCH_SCHEMA } from './branch-migrations.ts';
import { breakingChanges } from '../protocol/testing/breaking-changes.ts';
import { migrate } from './migrate.ts';
import { branchShapes } from './testing/branch-shapes.ts';

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

const frozen = (): Record<string, unknown> => {
  const path = join(import.meta.dirname, 'fixtures', `branch-${BRANCH_SCHEMA}.json`);
  if (!existsSync(path))
    throw new Error('A new BRANCH_SCHEMA: freeze it with src/cache-file/testing/write-branch-shapes.ts');
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
};
const breaches = (next: Record<string, unknown>): string[] =>
  Object.entries(frozen()).flatMap(([table, shape]) => breakingChanges(shape, next[table], table));

test('[R15] the rows of an image are what every desk that can take its schema reads: another shape is another schema', () => {
  expect(breaches(branchShapes())).toEqual([]);
});

test('[R15] twin: a header with one more thing that must be there is found', () => {
  const next = structuredClone(frozen()) as { headers: { required: string[] } };
  next.headers.required.push('newcomer');
  expect(breaches(next)).toEqual(['headers/newcomer: is required now']);
});
