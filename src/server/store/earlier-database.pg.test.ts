import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeviceId } from '../../protocol/ids.ts';
import { ChangeHub } from '../changes/change-hub.ts';
import { deliverCommands } from '../commands/deliver-commands.ts';
import { RefusalLog } from '../commands/refusal-log.ts';
import { Takes } from '../commands/takes.ts';
import { createDispatcher } from '../dispatch/dispatcher.ts';
import { createLog } from '../start/log.ts';
import type { ServerContext } from '../start/server-context.ts';
import { describeRefusal } from '../testing/deliver.ts';
import { NINE } from '../testing/open-server.ts';
import { blankDatabase, ignore, type TestDatabase } from '../testing/test-database.ts';
import { readChanges } from './change-rows.ts';
import { connect, type Store } from './connect.ts';
import { migrate, readSchemaVersion, SCHEMA_VERSION } from './migrate.ts';
import { readTicket } from './ticket-rows.ts';

/** Ids in the dump of the first database: an office in which Ana and Luis attend, one ticket waits and one was cancelled. */
const company = '01a201ae-ffde-77ef-aa61-dc8fc75c8c58';
const ana = {
  id: '01a201af-003b-77c0-846d-33e6673a5b62',
  deviceId: '01a201af-003b-77c0-846d-369511741a62',
  sessionId: '01a201af-003b-77c0-846d-388016f39426',
};
const attended = '01a201af-0080-7762-872c-8d0d9fb01e23';
const note = 'Una nota de noviembre';

let database: TestDatabase;
let store: Store;
beforeEach(async () => {
  database = await blankDatabase();
  const early = connect(database.url, ignore);
  await early.pool.query(readFileSync(join(import.meta.dirname, 'fixtures', 'database-1.sql'), 'utf8'));
  // The dump has changed the settings of its connection.
  await early.close();
  store = connect(database.url, ignore);
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

const rowsOfDump = { ticket: 4, agent: 2, contact: 1, event: 10, change: 16 };

/** How many rows each of these tables has. */
async function rowsLeft(): Promise<Record<string, number>> {
  const counted = Object.keys(rowsOfDump).map(async (table) => {
    const { rows } = await store.pool.query<{ count: string }>(`SELECT count(*) FROM ${table}`);
    return [table, Number(rows[0]?.count)] as const;
  });
  return Object.fromEntries(await Promise.all(counted));
}

test('[R15] the first database is brought to this version with every row, and work goes on in it', async () => {
  await migrate(store.db);
  expect(await readSchemaVersion(store.db)).toBe(SCHEMA_VERSION);
  expect(await rowsLeft()).toEqual(rowsOfDump);
  const ticket = await readTicket(store.db, company, attended);
  expect(ticket?.header).toMatchObject({ displayName: 'Olga Niño', holder: { agentId: ana.id } });
  const stream = `agent:${ana.id}`;
  expect(JSON.stringify([...(await readChanges(store.db, [[stream, 0]], 100)).values()])).toContain(note);

  const log = createLog({ write: () => undefined });
  const hub = new ChangeHub(store, log);
  const context: ServerContext = {
    store,
    clock: () => NINE + 3_600_000,
    log,
    publicUrl: 'http://ventanilla.test',
    hub,
    dispatcher: createDispatcher(),
    takes: new Takes(),
    refusals: new RefusalLog(store),
  };
  const holder = ticket?.header.holder;
  const finish = {
    id: uuidv7(),
    authorId: ana.id,
    sessionId: ana.sessionId,
    occurredAt: null,
    body: { type: 'attention.finish', ticketId: attended, attentionId: holder?.attentionId, epoch: holder?.epoch },
  } as Parameters<typeof deliverCommands>[2][number];
  const device = { id: ana.deviceId as DeviceId, companyId: company };
  const results = await deliverCommands(context, device, [finish], describeRefusal);
  expect(results).toMatchObject([{ status: 'accepted' }]);
  expect((await readTicket(store.db, company, attended))?.header.state).toBe('closed');
  await hub.settled();
});

test('[R15] twin: a step that loses rows of any of these tables is found', async () => {
  for (const table of ['event', 'change']) {
    await store.pool.query(`DELETE FROM ${table} WHERE ctid = (SELECT min(ctid) FROM ${table})`);
    expect(await rowsLeft()).not.toEqual(rowsOfDump);
    await store.pool.query(`DELETE FROM ${table}`);
  }
  expect(await rowsLeft()).toMatchObject({ event: 0, change: 0 });
});
