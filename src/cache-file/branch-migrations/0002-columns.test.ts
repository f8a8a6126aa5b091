import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { branchMigrations } from '../branch-migrations.ts';
import { HEADER_JSON } from '../header-row.ts';
import { migrate } from '../migrate.ts';
import { branch } from './0001-branch.ts';
import { columns } from './0002-columns.ts';

const held = {
  branchId: 'b',
  serviceId: 's',
  businessDay: '2026-11-22',
  kind: 'turn',
  state: 'paused',
  outcome: null,
  priority: 'normal',
  origin: 'kiosk',
  holder: { agentId: 'a', agentName: 'Ana', moduleId: null, attentionId: 'x', epoch: 1 },
  epoch: 1,
  documentType: null,
  documentLast4: null,
  createdAt: 1,
  waitingSince: 1,
  appointmentAt: null,
  checkedInAt: null,
  calledAt: 2,
  lastCalledAt: 2,
  callCount: 1,
  attendingSince: 3,
  closedAt: null,
  transferredFrom: null,
  requeues: 0,
};

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
  const paused = { ...held, number: 2, id: 'u', turnCode: 'C-002', displayName: 'Olga Núñez' };
  const keep = db.prepare(
    "INSERT INTO headers VALUES (?, ?, 'b', 's', 'paused', 'a', 'C', '2026-11-22', 0, ?, 'Olga', NULL, ?)",
  );
  keep.run(2, 'u', null, JSON.stringify(paused));
  keep.run(3, 'v', 9, JSON.stringify({ ...paused, number: 3, id: 'v', closedAt: 9 }));
  keep.run(4, 'w', null, 'not a header');
  migrate(db, [branch, columns]);
  expect(db.pragma('user_version', { simple: true })).toBe(2);
  const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  expect(['meta', 'presences', 'cursors', 'headers'].map(count)).toEqual([1, 1, 0, 1]);
  // Read as headers are by now.
  migrate(db, branchMigrations);
  // Who is in hand stays; what is damaged, and what is closed, comes again with the stream.
  expect(
    db
      .prepare(`SELECT ${HEADER_JSON} FROM headers AS h`)
      .pluck()
      .all()
      .map((json) => JSON.parse(String(json))),
  ).toEqual([paused]);
  expect(db.prepare("SELECT rowid FROM headers_search WHERE headers_search MATCH 'nunez'").pluck().all()).toEqual([2]);
  expect(db.prepare("SELECT rowid FROM headers_search WHERE headers_search MATCH 'ana'").all()).toEqual([]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
});
