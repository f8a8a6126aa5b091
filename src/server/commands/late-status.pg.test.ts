import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readStatus } from '../store/status-rows.ts';
import { attend, deliver, headerOf, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { changesOf, NINE, openServer, type TestServer } from '../testing/open-server.ts';
import { sitElsewhere } from '../testing/sit-elsewhere.ts';

const MINUTE = 60_000;

let server: TestServer;
let office: TestOffice;
/** Ana at her first desk, whose line is about to drop. */
let ana: TestAgent;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.now = NINE;
  office = await newOffice(server);
  ana = await newAgent(office);
});

const at = (minutes: number): number => (server.clock.now = NINE + minutes * MINUTE);
const statusNow = async () => (await readStatus(server.context.store.db, ana.id))?.status;
const ledger = () =>
  server.context.store.db
    .selectFrom('status_ledger')
    .select(['state', 'occurred_at', 'received_at', 'is_suspect', 'is_superseded'])
    .where('agent_id', '=', ana.id)
    .orderBy('occurred_at')
    .execute();
const choose = (state: string) => ({ type: 'status.choose', state, cause: 'agent' }) as const;

test('[R6] [S2-04] [ST9] a state chosen without the line at one desk does not override what the agent chose at the next', async () => {
  at(10);
  const there = await sitElsewhere(ana);
  at(11);
  await deliver(there, choose('online'));
  const before = await statusNow();
  const told = (await changesOf(server, `agent:${ana.id}`)).length;
  at(20);
  const id = uuidv7();
  const late = await deliver(ana, choose('lunch'), { id, occurredAt: NINE + 5 * MINUTE });
  expect(late).toEqual({ id, status: 'superseded', positions: [] });
  expect(await deliver(ana, choose('lunch'), { id, occurredAt: NINE + 5 * MINUTE })).toEqual(late);
  expect(await statusNow()).toEqual(before);
  expect(before).toMatchObject({ state: 'online', moduleId: there.moduleId });
  expect(await changesOf(server, `agent:${ana.id}`)).toHaveLength(told);
  const rows = await ledger();
  expect(rows.filter((row) => row.is_superseded)).toEqual([
    {
      state: 'lunch',
      occurred_at: new Date(NINE + 5 * MINUTE),
      received_at: new Date(NINE + 20 * MINUTE),
      is_suspect: false,
      is_superseded: true,
    },
  ]);
});

test('[R6] [S2-04] [ST9] neither do a next state and a mode', async () => {
  at(10);
  await sitElsewhere(ana);
  at(20);
  const occurredAt = NINE + 5 * MINUTE;
  const next = await deliver(ana, { type: 'status.chooseNext', state: 'lunch' }, { occurredAt });
  const manual = await deliver(ana, { type: 'status.setManual', isManual: true }, { occurredAt });
  expect([next.status, manual.status]).toEqual(['superseded', 'superseded']);
  expect(await statusNow()).toMatchObject({ nextState: 'online', isManual: false });
});

test('[R6] [S2-04] [ST9] what was queued at the desk where the agent still sits counts, from its hour', async () => {
  at(10);
  const there = await sitElsewhere(ana);
  at(30);
  const occurredAt = NINE + 20 * MINUTE;
  expect(await deliver(there, choose('lunch'), { occurredAt })).toMatchObject({ status: 'accepted' });
  expect(await statusNow()).toMatchObject({ state: 'lunch', since: occurredAt });
});

test('[R6] [S2-04] [ST9] a newer act at another desk, even one whose session is over, stands against an older choice', async () => {
  const { id: ticketId } = await issue(office);
  at(10);
  const there = await sitElsewhere(ana);
  at(40);
  // Back at the first desk, which is still without the line, at 30; the second one was cut off as well, at 20.
  const note = { type: 'note.add', ticketId, text: 'Volvió' } as const;
  expect(await deliver(ana, note, { occurredAt: NINE + 30 * MINUTE })).toMatchObject({ status: 'accepted' });
  const late = await deliver(there, choose('lunch'), { occurredAt: NINE + 20 * MINUTE });
  expect(late.status).toBe('superseded');
  expect(await statusNow()).toMatchObject({ state: 'offline' });
  const newer = await deliver(there, choose('resting'), { occurredAt: NINE + 35 * MINUTE });
  expect(newer.status).toBe('accepted');
});

test('[R6] [S2-04] [ST9] a refused act stands against nothing', async () => {
  at(10);
  const there = await sitElsewhere(ana);
  at(40);
  const bad = { type: 'note.add', ticketId: uuidv7(), text: 'De nadie' } as const;
  expect((await deliver(ana, bad, { occurredAt: NINE + 30 * MINUTE })).status).toBe('refused');
  expect((await deliver(there, choose('lunch'), { occurredAt: NINE + 20 * MINUTE })).status).toBe('accepted');
});

test('[R6] [S2-04] [ST9] an act whose hour is not believed stands against nothing', async () => {
  const { id: ticketId } = await issue(office);
  at(10);
  const there = await sitElsewhere(ana);
  at(40);
  const note = { type: 'note.add', ticketId, text: 'De ayer' } as const;
  const yesterday = NINE - 24 * 60 * MINUTE;
  expect(await deliver(ana, note, { occurredAt: yesterday })).toMatchObject({ status: 'accepted' });
  expect((await deliver(there, choose('lunch'), { occurredAt: NINE + 20 * MINUTE })).status).toBe('accepted');
  expect(await statusNow()).toMatchObject({ state: 'lunch', since: NINE + 20 * MINUTE });
});

test('[R6] [S2-04] [ST9] after the end of its session a choice is only kept', async () => {
  at(13 * 60);
  expect((await deliver(ana, choose('lunch'), { occurredAt: NINE + MINUTE })).status).toBe('superseded');
  expect(await statusNow()).toMatchObject({ state: 'online' });
  expect(await ledger()).toMatchObject([{ state: 'lunch', is_superseded: true }]);
});

test('[R6] [S2-05] [ST9] a late finish closes its ticket and leaves the next state chosen at the next desk', async () => {
  const quoted = await attend(ana, (await issue(office)).id);
  at(10);
  const there = await sitElsewhere(ana);
  await deliver(there, choose('online'));
  await deliver(there, { type: 'status.chooseNext', state: 'lunch' });
  at(20);
  const finished = await deliver(ana, { type: 'attention.finish', ...quoted }, { occurredAt: NINE + 5 * MINUTE });
  expect(finished.status).toBe('accepted');
  expect(await headerOf(office, quoted.ticketId)).toMatchObject({ outcome: 'finished', closedAt: NINE + 5 * MINUTE });
  expect(await statusNow()).toMatchObject({ state: 'online', nextState: 'lunch' });
});
