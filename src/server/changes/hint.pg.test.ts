import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pino } from 'pino';
import { openServer, type TestServer } from '../testing/open-server.ts';
import { startHints } from './hint.ts';
import { runWork } from './work.ts';

const log = pino({ level: 'silent' });
let here: TestServer;
let there: TestServer;
let stops: (() => Promise<void>)[];

beforeEach(async () => {
  here = await openServer();
  there = await openServer({ beside: here });
  stops = [here, there].map(
    ({ database, context }) => startHints({ url: database.url, hub: context.hub, log, processId: uuidv7() }).stop,
  );
});
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  await there.close();
  await here.close();
});

/** Resolves with the seqs once `amount` changes of the stream have come to this process. */
function arrivals(server: TestServer, id: string, amount: number): Promise<number[]> {
  const end = Promise.withResolvers<number[]>();
  const seqs: number[] = [];
  const take = (changes: { seq: number }[]): void => {
    seqs.push(...changes.map(({ seq }) => seq));
    if (seqs.length >= amount) end.resolve(seqs);
  };
  server.context.hub.subscribe({ stream: `branch:${id}`, take, fail: () => undefined }, 0);
  return end.promise;
}

const commit = (server: TestServer, id: string) =>
  runWork(server.context, (work) => {
    work.say('branch', id, { type: 'content.gone', ticketId: uuidv7() } as never);
    return Promise.resolve();
  });

const listeners = async () =>
  (
    await sql<{ pid: number }>`SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'ventanilla hints'
        AND query LIKE 'LISTEN%'`.execute(here.context.store.db)
  ).rows;

test('[R11] what one process commits the other one’s sockets get, both ways', async () => {
  const id = uuidv7();
  const [a, b] = [arrivals(here, id, 40), arrivals(there, id, 40)];
  for (let turn = 0; turn < 20; turn += 1) await Promise.all([commit(here, id), commit(there, id)]);
  const all = Array.from({ length: 40 }, (_, index) => index + 1);
  expect(await Promise.all([a, b])).toEqual([all, all]);
});

test('[R11] a killed LISTEN connection loses nothing: it is opened again and everything is looked at', async () => {
  const id = uuidv7();
  const seen = arrivals(there, id, 1);
  await expect.poll(listeners, { timeout: 10_000 }).toHaveLength(2);
  await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'ventanilla hints'`.execute(here.context.store.db);
  await commit(here, id);
  expect(await seen).toEqual([1]);
});

test('a hint that is none of ours does no harm', async () => {
  const id = uuidv7();
  const seen = arrivals(there, id, 1);
  await expect.poll(listeners, { timeout: 10_000 }).toHaveLength(2);
  await sql`SELECT pg_notify('ventanilla_changes', 'not json')`.execute(here.context.store.db);
  await commit(here, id);
  expect(await seen).toEqual([1]);
});
