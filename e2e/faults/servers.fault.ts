import { join } from 'node:path';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, expect, test } from 'vitest';
import { testDatabase } from '../../src/server/testing/test-database.ts';
import { issueTicket, openAgentClient } from './support/agent-client.ts';
import { converged } from './support/branch-view.ts';
import { amount, chanceOfTest } from './support/chance.ts';
import { checkHistory } from './support/check-history.ts';
import { openFaultDesk, type FaultDesk } from './support/fault-desk.ts';
import { openFaultOffice } from './support/fault-office.ts';
import { openHistory } from './support/history.ts';
import { killListeners } from './support/kill-listeners.ts';
import { checkAttentions, storedHolds } from './support/stored.ts';

const closes: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0).toReversed()) await close();
});

test('[R11] three servers, then two, whose LISTEN connections are killed again and again: every desk shows what the database has', async () => {
  const chance = chanceOfTest();
  const office = await openFaultOffice({ agents: 4, servers: 3 });
  closes.push(office.close);
  const desks: FaultDesk[] = [];
  for (const [index, { url }] of office.servers.entries()) {
    const dataFolder = join(office.folder, `desk-${index + 1}`);
    const desk = await openFaultDesk({ serverUrl: url, dataFolder, number: index + 1 });
    closes.push(() => desk.kill('SIGTERM'));
    await desk.enter();
    await desk.lineUp();
    await desk.window().call('act', { type: 'status.setManual', isManual: true });
    await desk.delivered();
    desks.push(desk);
  }
  const agent = await openAgentClient(office.servers[0]!.url, 4);

  const serve = async (servers: typeof office.servers): Promise<void> => {
    const anyUrl = (): string => chance.pick(servers).url;
    for (let turn = 0; turn < amount(12, 40); turn += 1) {
      if (chance.below(3) === 0) await killListeners(office);
      const { id: ticketId } = await issueTicket(anyUrl());
      if (chance.below(2) === 0) continue;
      const quoted = { ticketId, attentionId: uuidv7(), epoch: 1 };
      const call = { type: 'ticket.call', ticketId, attentionId: quoted.attentionId } as const;
      for (const body of [
        call,
        { type: 'attention.begin', ...quoted } as const,
        { type: 'attention.finish', ...quoted } as const,
      ]) {
        expect(await agent.deliver(anyUrl(), uuidv7(), body)).toMatchObject({ status: 'accepted' });
      }
    }
    await killListeners(office);
  };
  await serve(office.servers);
  await Promise.all(desks.map((desk) => converged(desk, office)));
  await office.servers[2]!.kill();
  await serve(office.servers.slice(0, 2));
  await Promise.all(desks.slice(0, 2).map((desk) => converged(desk, office)));

  const holds = await storedHolds(office.store);
  expect(checkHistory([], { effects: [], holds, refused: [], shown: [] })).toEqual([]);
  expect(await checkAttentions(office.store)).toEqual([]);
});

test('[R11] twin: a cursor over a plain sequence passes over what commits late, and the checker says so', async () => {
  const database = await testDatabase();
  const clients = [1, 2, 3].map(() => new pg.Client(database.url));
  const [late, early, reader] = clients as [pg.Client, pg.Client, pg.Client];
  closes.push(database.drop, async () => {
    await Promise.all(clients.map((client) => client.end()));
  });
  for (const client of clients) await client.connect();
  await reader.query('CREATE TABLE naive_change (seq bigserial PRIMARY KEY, op text)');
  const history = openHistory();
  const effects: { op: string; ticketId: null; position: number }[] = [];
  let cursor = 0;
  const write = async (client: pg.Client, op: string): Promise<void> => {
    history.record({ type: 'invoke', client: 'writer', op, ticketId: null });
    await client.query('BEGIN');
    await client.query('INSERT INTO naive_change (op) VALUES ($1)', [op]);
  };
  const commit = async (client: pg.Client, op: string): Promise<void> => {
    await client.query('COMMIT');
    history.record({ type: 'ok', client: 'writer', op, ticketId: null });
  };
  const read = async (): Promise<void> => {
    const { rows } = await reader.query<{ seq: string; op: string }>(
      'SELECT seq, op FROM naive_change WHERE seq > $1 ORDER BY seq',
      [cursor],
    );
    for (const { seq, op } of rows) {
      cursor = Number(seq);
      effects.push({ op, ticketId: null, position: cursor });
    }
  };
  await write(late, 'late');
  await write(early, 'early');
  await commit(early, 'early');
  await read();
  await commit(late, 'late');
  await read();
  expect(checkHistory(history.events, { effects, holds: [], refused: [], shown: [] })).toEqual([
    'lost: late of writer was acknowledged',
  ]);
});
