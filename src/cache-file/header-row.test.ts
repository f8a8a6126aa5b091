import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { TicketHeader } from '../protocol/ticket.ts';
import { branchMigrations } from './branch-migrations.ts';
import { HEADER_COLUMNS, HEADER_JSON, headerRow, INSERT_HEADER } from './header-row.ts';
import { migrate } from './migrate.ts';

const id = (last: number): string => `01a202b8-a029-7350-97f9-${String(last).padStart(12, '0')}`;

/** No two fields of one type have the same value. */
const closed = TicketHeader.parse({
  id: id(1),
  branchId: id(2),
  serviceId: id(3),
  number: 17,
  turnCode: 'C-017',
  businessDay: '2026-11-22',
  kind: 'turn',
  state: 'closed',
  outcome: 'finished',
  priority: 'preferente',
  origin: 'kiosk',
  holder: null,
  epoch: 2,
  displayName: 'Zoé "la ñusta"\n\t\\',
  documentType: 'CC',
  documentLast4: '0417',
  createdAt: 1_795_252_000_001,
  waitingSince: 1_795_252_000_002,
  appointmentAt: 1_795_252_000_003,
  checkedInAt: 1_795_252_000_004,
  calledAt: 1_795_252_000_005,
  lastCalledAt: 1_795_252_000_006,
  callCount: 3,
  attendingSince: 1_795_252_000_007,
  closedAt: 1_795_252_000_008,
  transferredFrom: id(4),
  requeues: 5,
  readiness: { verdict: 'notReady', cause: 'noPath', since: 1_795_252_000_009 },
});
const held: TicketHeader = TicketHeader.parse({
  ...closed,
  state: 'attending',
  outcome: null,
  closedAt: null,
  holder: { agentId: id(5), agentName: 'Ana Ñ', moduleId: null, attentionId: id(6), epoch: 6 },
});
const seated = TicketHeader.parse({ ...held, holder: { ...held.holder, moduleId: id(7) } });
const { readiness: _, ...unready } = closed;
const empty = TicketHeader.parse({
  ...unready,
  displayName: null,
  documentType: null,
  documentLast4: null,
  appointmentAt: null,
  checkedInAt: null,
  calledAt: null,
  lastCalledAt: null,
  attendingSince: null,
  transferredFrom: null,
});

const branchFile = (): Database.Database => {
  const db = new Database(':memory:');
  migrate(db, branchMigrations);
  return db;
};

test.each(Object.entries({ closed, held, seated, empty }))(
  'a header is the same once it was a row: %s',
  (_what, header) => {
    const db = branchFile();
    db.prepare(INSERT_HEADER).run(headerRow(header));
    const json = db.prepare<[], string>(`SELECT ${HEADER_JSON} FROM headers AS h`).pluck().get() ?? '';
    expect(JSON.parse(json)).toEqual(header);
  },
);

test('a row has all columns of the table, in their order', () => {
  expect(branchFile().prepare("SELECT name FROM pragma_table_info('headers')").pluck().all()).toEqual(HEADER_COLUMNS);
});
