import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../migrate.ts';
import { headersAndContents } from './0001-headers-and-contents.ts';
import { presences } from './0002-presences.ts';

test('a cache with seats becomes one with presences: its branch starts over, all else stays as it was', () => {
  const db = new Database(':memory:');
  migrate(db, [headersAndContents]);
  db.exec(`
INSERT INTO cursors VALUES ('company:c', 3), ('branch:b', 5), ('agent:a', 7);
INSERT INTO seats VALUES ('m', 'b', '{}');
INSERT INTO headers VALUES ('t', 'b', 's', 'waiting', NULL, 1, 'C-001', '2026-11-22', 0, NULL, '{}');
INSERT INTO contents VALUES ('t', 'agent:a', x'00');
`);
  migrate(db, [headersAndContents, presences]);
  expect(db.pragma('user_version', { simple: true })).toBe(2);
  expect(db.prepare('SELECT stream, seq FROM cursors ORDER BY stream').all()).toEqual([
    { stream: 'agent:a', seq: 7 },
    { stream: 'company:c', seq: 3 },
  ]);
  expect(db.prepare('SELECT count(*) FROM headers').pluck().get()).toBe(1);
  expect(db.prepare('SELECT count(*) FROM contents').pluck().get()).toBe(1);
  expect(db.prepare('SELECT count(*) FROM presences').pluck().get()).toBe(0);
  expect(() => db.prepare('SELECT * FROM seats')).toThrow('no such table');
});
