import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../migrate.ts';
import { headersAndContents } from './0001-headers-and-contents.ts';
import { presences } from './0002-presences.ts';
import { branchFiles } from './0003-branch-files.ts';

test('a cache with the rows of branches becomes one without them: they start over, all else stays as it was', () => {
  const db = new Database(':memory:');
  migrate(db, [headersAndContents, presences]);
  db.exec(`
INSERT INTO cursors VALUES ('company:c', 3), ('branch:b', 5), ('agent:a', 7);
INSERT INTO headers VALUES ('t', 'b', 's', 'waiting', NULL, 1, 'C-001', '2026-11-22', 0, NULL, '{}');
INSERT INTO contents VALUES ('t', 'agent:a', x'00');
`);
  migrate(db, [headersAndContents, presences, branchFiles]);
  expect(db.pragma('user_version', { simple: true })).toBe(3);
  expect(db.prepare('SELECT stream FROM cursors ORDER BY stream').pluck().all()).toEqual(['agent:a', 'company:c']);
  expect(db.prepare('SELECT count(*) FROM contents').pluck().get()).toBe(1);
  expect(() => db.prepare('SELECT * FROM headers')).toThrow('no such table');
});
