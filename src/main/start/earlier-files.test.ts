import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSealer } from '../cache/sealer.ts';
import { outboxRepository } from '../cache/outbox-repository.ts';
import type { CommandType } from '../../protocol/commands/agent-command.ts';
import { ana, branch, caja, fakeTicket } from '../testing/fake-office.ts';
import { startFakeServer } from '../testing/fake-server.ts';
import { FIXTURE_AT, fixtureCopy } from '../testing/fixture-home.ts';
import { openTestDesk, startWorking, type DeskHome } from '../testing/test-desk.ts';
import { openTestStore } from '../testing/test-store.ts';

/** Every act that may wait for the line, as the desk of the fixture queued them. */
const QUEUED: CommandType[] = [
  'status.choose',
  'status.chooseNext',
  'status.setManual',
  'note.add',
  'topics.choose',
  'contact.edit',
  'contact.link',
  'attention.finish',
  'ticket.attendNow',
];

let home: DeskHome;
beforeEach(() => {
  home = fixtureCopy('desk-1');
});
afterEach(() => home.remove());

test('[R15] the files of the first desks open with this version, whole, with nothing to report', () => {
  const { store, refused, report, close } = openTestStore(home);
  expect(report).toEqual({ rebuilt: null, hasSafeStore: true });
  expect(store['outbox.unanswered'](100).map(({ pending }) => pending.command.body.type)).toEqual(QUEUED);
  expect(refused()).toMatchObject([{ act: { text: 'Una nota que no se tomó' }, error: { code: 'FORBIDDEN' } }]);
  expect(store['preferences.get']()).toEqual({ theme: 'dark', language: 'pt', soundVolume: 0.2 });
  expect(store['secret.get']('clockOffset')).toBe(5);
  expect(store['ledger.since'](ana, 0)).toMatchObject([{ kind: 'online', at: FIXTURE_AT }]);
  expect(store['blocks.take'](caja, '2026-11-22')).toMatchObject({ number: 1_001, turn: 101 });
  store['viewer.set']({ agentId: ana, branchId: branch });
  const isThere = store['desk.ticket'](fakeTicket(1, FIXTURE_AT).id) !== null;
  const startsOver = !(`branch:${branch}` in store['stream.cursors']());
  // A cache may be begun anew by a migration, but not hold a cursor to rows that are gone.
  expect(isThere || startsOver).toBe(true);
  if (isThere) expect(store['desk.changes'](FIXTURE_AT).handled?.drafts).toMatchObject([{ text: 'A medio escribir' }]);
  close();
});

test('[R15] [R16] a desk that was off since then delivers all that waited, each once and in order, after its agent signs in', async () => {
  const server = await startFakeServer();
  const desk = await openTestDesk(home, server);
  try {
    await startWorking(desk.window);
    await server.nextDelivery(({ body }) => body.type === QUEUED.at(-1));
    expect(server.delivered.map(({ body }) => body.type).slice(0, QUEUED.length)).toEqual(QUEUED);
    const { refused } = await desk.window.until('outbox.changed', ({ pending }) => pending.length === 0);
    expect(refused.map(({ act }) => act.type)).toContain('note.add');
    expect(new Set(server.delivered.map(({ id }) => id)).size).toBe(server.delivered.length);
  } finally {
    await desk.stop();
    await server.stop();
  }
});

test('[R15] twin: a step that begins the outbox anew is found by the rows that it held', () => {
  const db = new Database(join(home.databaseFolder, 'outbox.db'));
  db.exec('DELETE FROM outbox');
  const left = outboxRepository(db, createSealer(home.key ?? new Uint8Array(32))).unanswered(100);
  db.close();
  expect(left.map(({ pending }) => pending.command.body.type)).not.toEqual(QUEUED);
  const { report, close } = openTestStore(home);
  expect(report.rebuilt).toEqual({ recovered: 1, lost: QUEUED.length });
  close();
});
