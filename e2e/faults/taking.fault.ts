import { v7 as uuidv7 } from 'uuid';
import { afterEach, expect, test } from 'vitest';
import { connect } from '../../src/server/store/connect.ts';
import { ignore, testDatabase } from '../../src/server/testing/test-database.ts';
import { insist, issueTicket, openAgentClient, type AgentClient, type LooseBody } from './support/agent-client.ts';
import { amount, chanceOfTest } from './support/chance.ts';
import { layChaosWire, type ChaosWire } from './support/chaos-wire.ts';
import { checkHistory, type Hold } from './support/check-history.ts';
import { openFaultOffice, type FaultServer } from './support/fault-office.ts';
import { openHistory } from './support/history.ts';
import { checkAttentions, storedCommands, storedHolds } from './support/stored.ts';

const AGENTS = 16;
/** What PostgreSQL says when a transaction is safe. */
const COMMITTED = Buffer.from('C\0\0\0\u000BCOMMIT\0');

const closes: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0).toReversed()) await close();
});

test('[R1] sixteen agents want each ticket at two servers, one of which dies between commit and answer: one holder each, and the others hear who', async () => {
  const chance = chanceOfTest();
  const tickets = amount(30, 300);
  const kills = new Set(Array.from({ length: amount(2, 10) }, () => chance.below(tickets)));
  const wires: ChaosWire[] = [];
  const office = await openFaultOffice({
    agents: AGENTS,
    servers: 2,
    databaseUrlOf: async (url) => {
      const wire = await layChaosWire(url);
      wires.push(wire);
      return wire.url;
    },
  });
  closes.push(office.close, ...wires.map(({ close }) => close));
  const [one, two] = office.servers as [FaultServer, FaultServer];
  const [wire] = wires as [ChaosWire, ChaosWire];
  const agents = await Promise.all(
    Array.from({ length: AGENTS }, (_, index) => openAgentClient(chance.pick([one, two]).url, index + 1)),
  );
  const history = openHistory();

  /** Delivers under one id until an answer comes. */
  const perform = async (
    agent: AgentClient,
    id: string,
    body: LooseBody & { ticketId: unknown },
    order: FaultServer[],
  ): Promise<{ isDone: boolean; reason: string }> => {
    const event = { client: agent.name, op: id, ticketId: String(body.ticketId) };
    history.record({ type: 'invoke', ...event });
    const result = await insist(order, (server) => agent.deliver(server, id, body));
    const reason = result.status === 'refused' ? `${result.error.code} ${result.error.detail ?? ''}` : '';
    history.record({ type: result.status === 'refused' ? 'fail' : 'ok', ...event, reason });
    return { isDone: result.status !== 'refused', reason };
  };
  const anyOrder = (): FaultServer[] => (chance.below(2) === 0 ? [one, two] : [two, one]);

  for (let round = 0; round < tickets; round += 1) {
    const { id: ticketId } = await insist(anyOrder(), (server) => issueTicket(server, `ticket-${round}`));
    const first = chance.pick(agents);
    const takes = agents.map((agent) => ({ agent, id: uuidv7(), attentionId: uuidv7() }));
    const take = ({ agent, id, attentionId }: (typeof takes)[number], order: FaultServer[]) =>
      perform(agent, id, { type: 'ticket.call', ticketId, attentionId }, order);
    let answers: Awaited<ReturnType<typeof take>>[];
    if (kills.has(round)) {
      const own = takes.find(({ agent }) => agent === first)!;
      const committed = wire.strike({ type: 'hold', direction: 'down', before: COMMITTED, after: own.id });
      const early = take(own, [one, two]);
      await committed;
      const rest = takes.map((each) => (each === own ? early : take(each, anyOrder())));
      await one.kill();
      wire.mend();
      await one.start();
      answers = await Promise.all(rest);
      // Its answer died with the server; the same command again is answered as the first time.
      expect(answers[takes.indexOf(own)]).toEqual({ isDone: true, reason: '' });
    } else answers = await Promise.all(takes.map((each) => take(each, anyOrder())));

    const winners = takes.filter((_, index) => answers[index]?.isDone);
    expect(winners).toHaveLength(1);
    const { agent, attentionId } = winners[0]!;
    for (const [index, { reason }] of answers.entries()) {
      if (takes[index]!.agent !== agent) expect(reason).toMatch(new RegExp(`^ALREADY_HELD .*${agent.name}`));
    }
    const quoted = { ticketId, attentionId, epoch: 1 };
    await perform(agent, uuidv7(), { type: 'attention.begin', ...quoted }, anyOrder());
    await perform(agent, uuidv7(), { type: 'attention.finish', ...quoted }, anyOrder());
  }

  const commands = await storedCommands(office.store);
  const wanted = new Map(history.events.map(({ op, ticketId }) => [op, ticketId]));
  const effects = commands
    .filter(({ id, status }) => status !== 'refused' && wanted.has(id))
    .map(({ id, position }) => ({ op: id, ticketId: wanted.get(id) ?? null, position: position ?? 0 }));
  const holds = await storedHolds(office.store);
  expect(holds).toHaveLength(tickets);
  expect(checkHistory(history.events, { effects, holds, refused: [], shown: [] })).toEqual([]);
  expect(await checkAttentions(office.store)).toEqual([]);
});

test('[R1] twin: a take that looks first and writes afterwards gives a ticket to many, and the checker says so', async () => {
  const database = await testDatabase();
  const { pool, close } = connect(database.url, ignore);
  closes.push(database.drop, close);
  await pool.query('CREATE TABLE naive (ticket int PRIMARY KEY, holder text)');
  await pool.query('CREATE TABLE naive_hold (seq bigserial, ticket int, holder text)');
  const tickets = 30;
  await pool.query('INSERT INTO naive SELECT n, NULL FROM generate_series(1, $1) AS n', [tickets]);
  for (let ticket = 1; ticket <= tickets; ticket += 1) {
    const looked = await Promise.all(
      Array.from({ length: AGENTS }, async (_, index) => {
        const { rows } = await pool.query<{ holder: string | null }>('SELECT holder FROM naive WHERE ticket = $1', [
          ticket,
        ]);
        return { agent: `agent ${index}`, isFree: rows[0]?.holder === null };
      }),
    );
    await Promise.all(
      looked.map(async ({ agent, isFree }) => {
        if (!isFree) return;
        await pool.query('UPDATE naive SET holder = $2 WHERE ticket = $1', [ticket, agent]);
        await pool.query('INSERT INTO naive_hold (ticket, holder) VALUES ($1, $2)', [ticket, agent]);
      }),
    );
  }
  const { rows } = await pool.query<{ seq: number; ticket: number; holder: string }>('SELECT * FROM naive_hold');
  const holds = rows.map(({ seq, ticket, holder }): Hold => ({
    ticketId: `ticket ${ticket}`,
    agentId: holder,
    from: seq,
    until: null,
  }));
  const found = checkHistory([], { effects: [], holds, refused: [], shown: [] });
  const spoiled = new Set(found.flatMap((line) => /^two holders: .* took (ticket \d+) /.exec(line)?.[1] ?? []));
  expect(spoiled.size).toBe(tickets);
});
