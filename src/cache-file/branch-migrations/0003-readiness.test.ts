import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { HEADER_JSON } from '../header-row.ts';
import { migrate } from '../migrate.ts';
import { branch } from './0001-branch.ts';
import { columns } from './0002-columns.ts';
import { readiness } from './0003-readiness.ts';

test('[R15] a file without readiness keeps its rows, its search and its cursor, and its headers have none yet', () => {
  const db = new Database(':memory:');
  migrate(db, [branch, columns]);
  db.exec(`
INSERT INTO cursors VALUES ('branch:b', 5);
INSERT INTO headers (number, display_name, turn_code, id, branch_id, state, service_id, business_day, kind, priority, origin,
  epoch, created_at, waiting_since, call_count, requeues)
VALUES (1, 'Olga', 'A-001', 't', 'b', 'waiting', 's', '2026-11-22', 'virtual', 'normal', 'kiosk', 0, 1, 1, 0, 0);
INSERT INTO headers_search (headers_search) VALUES ('rebuild');
`);
  migrate(db, [branch, columns, readiness]);
  expect(db.pragma('user_version', { simple: true })).toBe(3);
  expect(db.prepare('SELECT seq FROM cursors').pluck().all()).toEqual([5]);
  const json = db.prepare<[], string>(`SELECT ${HEADER_JSON} FROM headers AS h`).pluck().get() ?? '';
  expect(JSON.parse(json)).toMatchObject({ id: 't', displayName: 'Olga' });
  expect(JSON.parse(json)).not.toHaveProperty('readiness');
  expect(db.prepare("SELECT rowid FROM headers_search WHERE headers_search MATCH 'olga'").pluck().all()).toEqual([1]);
});
