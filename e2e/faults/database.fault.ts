import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { connect } from '../../src/server/store/connect.ts';
import { ignore, testDatabase } from '../../src/server/testing/test-database.ts';
import { startProcess, type Running } from '../support/start-process.ts';
import { issueTicket, NoAnswer } from './support/agent-client.ts';
import { amount, chanceOfTest } from './support/chance.ts';
import { checkHistory } from './support/check-history.ts';
import { openHistory, type History } from './support/history.ts';

interface Ready {
  server: string;
  demo: { deviceToken: string };
}

const CLIENTS = 4;

const closes: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0).toReversed()) await close();
});

/** Several kiosks issue tickets one after the other until the server is gone; `acknowledged` hears of each. */
async function issueUntilGone({ ready }: Running<Ready>, history: History, round: number, acknowledged: () => void) {
  const issue = async (client: string): Promise<void> => {
    for (let turn = 0; ; turn += 1) {
      const event = { client, op: `${round}-${client}-${turn}`, ticketId: null };
      history.record({ type: 'invoke', ...event });
      try {
        await issueTicket(ready.server, event.op, {}, ready.demo.deviceToken);
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        history.record({ type: 'unknown', ...event });
        // A server whose database is gone says so until it ends; nobody is served by it any more.
        return;
      }
      history.record({ type: 'ok', ...event });
      acknowledged();
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, index) => issue(`kiosk${index}`)));
}

test('[R12] the server, its PostgreSQL or both are killed under load: the next start opens and has every acknowledged row once', async () => {
  const chance = chanceOfTest();
  const folder = await mkdtemp(join(tmpdir(), 'ventanilla-faults-'));
  closes.push(() => rm(folder, { recursive: true, force: true }));
  const start = (): Promise<Running<Ready>> =>
    startProcess('out/server/server.js', { VENTANILLA_DATA: folder, VENTANILLA_PORT: '0' });
  const postmaster = async (): Promise<number> =>
    Number((await readFile(join(folder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0]);
  const history = openHistory();
  let running = await start();
  closes.push(() => running.stop());
  const rounds = amount(3, 6);
  for (let round = 0; round < rounds; round += 1) {
    const database = await postmaster();
    const mayDie = Promise.withResolvers<void>();
    let left = 1 + chance.below(30);
    const load = issueUntilGone(running, history, round, () => {
      left -= 1;
      if (left === 0) mayDie.resolve();
    });
    await Promise.race([mayDie.promise, load]);
    const who = (['server', 'database', 'both'] as const)[round % 3]!;
    const { child } = running;
    const gone = once(child, 'exit');
    if (who !== 'server') process.kill(database, 'SIGKILL');
    if (who !== 'database') child.kill('SIGKILL');
    await Promise.all([gone, load]);
    running = await start();
  }
  const url = (await readFile(join(folder, 'database-url'), 'utf8')).trim();
  const client = new pg.Client(url);
  await client.connect();
  const { rows: keys } = await client.query<{ key: string }>(
    "SELECT key FROM idempotency_key JOIN ticket ON ticket.id = (answer ->> 'id')::uuid",
  );
  const { rows: tickets } = await client.query<{ count: string }>('SELECT count(*) FROM ticket');
  await client.end();
  const effects = keys.map(({ key }, position) => ({ op: key, ticketId: null, position }));
  expect(history.events.filter(({ type }) => type === 'ok').length).toBeGreaterThanOrEqual(rounds);
  expect(checkHistory(history.events, { effects, holds: [], refused: [], shown: [] })).toEqual([]);
  // One for each key: none was issued twice on its way.
  expect(Number(tickets[0]?.count)).toBe(keys.length);
});

test('[R12] twin: an acknowledgement before the commit is lost with the connection, and the checker says so', async () => {
  const database = await testDatabase();
  const { pool, close } = connect(database.url, ignore);
  closes.push(database.drop, close);
  await pool.query('CREATE TABLE naive_ticket (op text PRIMARY KEY)');
  const writer = new pg.Client(database.url);
  const ended = new Promise((resolve) => {
    // Heard for good: a broken connection complains more than once.
    writer.on('error', resolve);
  });
  await writer.connect();
  const history = openHistory();
  const event = { client: 'kiosk', op: 'ticket', ticketId: null };
  history.record({ type: 'invoke', ...event });
  await writer.query('BEGIN');
  await writer.query("INSERT INTO naive_ticket VALUES ('ticket')");
  const { rows: own } = await writer.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  history.record({ type: 'ok', ...event });
  await pool.query('SELECT pg_terminate_backend($1)', [own[0]?.pid]);
  await ended;
  const { rows } = await pool.query<{ op: string }>('SELECT op FROM naive_ticket');
  const effects = rows.map(({ op }, position) => ({ op, ticketId: null, position }));
  expect(checkHistory(history.events, { effects, holds: [], refused: [], shown: [] })).toEqual([
    'lost: ticket of kiosk was acknowledged',
  ]);
});
