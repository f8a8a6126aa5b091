import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildBranchFile } from './build-branch-file.ts';
import { HEADER_COLUMNS, type HeaderRow } from './header-row.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-branch-'));
  path = join(folder, 'branch.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Of a ticket without anything that it may lack; whole numbers as text. */
const row = (number: number, more: Record<string, string | number | null> = {}): HeaderRow => {
  const values: Record<string, string | number | null> = {
    number: String(number),
    id: `id-${number}`,
    turn_code: `C-${number}`,
    created_at: '1795252000000',
    waiting_since: '1795252000000',
    call_count: '0',
    requeues: '0',
    epoch: '0',
    ...more,
  };
  const texts = ['branch_id', 'state', 'service_id', 'business_day', 'kind', 'priority', 'origin'];
  return HEADER_COLUMNS.map((name) => values[name] ?? (texts.includes(name) && !(name in more) ? 'x' : null));
};

test('[B95] a row that lacks something, or has a word where a number is, is left out, and the file is whole', async () => {
  const put: boolean[] = [];
  await buildBranchFile(path, (writer) => {
    const rows = [
      row(1),
      row(2, { state: null }),
      row(3, { called_at: 'noon' }),
      row(4, { call_count: '1.5' }),
      row(5),
    ];
    for (const each of rows) put.push(writer.putHeader(each));
    return Promise.resolve();
  });
  expect(put).toEqual([true, false, false, false, true]);
  const db = new Database(path);
  expect(db.prepare('SELECT number, typeof(created_at) AS type FROM headers').all()).toEqual([
    { number: 1, type: 'integer' },
    { number: 5, type: 'integer' },
  ]);
  expect(db.prepare("SELECT rowid FROM headers_search WHERE headers_search MATCH 'c*'").pluck().all()).toEqual([1, 5]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();
});

test('two rows of one number end the making: no file is to be used', async () => {
  const twice = buildBranchFile(path, (writer) => {
    writer.putHeader(row(1));
    writer.putHeader(row(1));
    return Promise.resolve();
  });
  await expect(twice).rejects.toThrow('UNIQUE constraint failed: headers.number');
});
