import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../migrate.ts';
import { branch } from './0001-branch.ts';
import { columns } from './0002-columns.ts';

test('[R15] a file whose headers were JSON becomes one with columns: the stream starts over, all else stays as it was', () => {
  const db = new Database(':memory:');
  migrate(db, [branch]);
  db.exec(`
INSERT INTO meta VALUES ('generation', 'g');
INSERT INTO cursors VALUES ('branch:b', 5);
INSERT INTO presences VALUES ('b', 'a', '{}');
INSERT INTO headers VALUES (1, 't', 'b', 's', 'waiting', NULL, 'C-001', '2026-11-22', 0, NULL, 'Ana', '0417', '{}');
INSERT INTO headers_search (rowid, display_name, turn_code, document_last4) VALUES (1, 'Ana', 'C-001', '0417');
`);
  migrate(db, [branch, columns]);
  expect(db.pragma('user_version', { simple: true })).toBe(2);
  const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  expect(['meta', 'presences', 'cursors', 'headers'].map(count)).toEqual([1, 1, 0, 0]);
  expect(db.prepare("SELECT rowid FROM headers_search WHERE headers_search MATCH 'ana'").all()).toEqual([]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
});
