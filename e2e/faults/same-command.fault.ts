import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, expect, test } from 'vitest';
import type { DeskDown } from '../../src/protocol/socket/down.ts';
import type { TicketHeader } from '../../src/protocol/ticket.ts';
import { connect, type Store } from '../../src/server/store/connect.ts';
import { ignore, testDatabase } from '../../src/server/testing/test-database.ts';
import { issueTicket, openAgentClient, type AgentClient, type LooseBody } from './support/agent-client.ts';
import { openAgentSocket } from './support/agent-socket.ts';
import { amount } from './support/chance.ts';
import { checkHistory, type Stored } from './support/check-history.ts';
import { openFaultOffice, type FaultOffice } from './support/fault-office.ts';
import { openHistory } from './support/history.ts';
import { checkAttentions, storedHolds } from './support/stored.ts';

const TIMES = 50;

const closes: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0).toReversed()) await close();
});

/** One operation asked for many times at once; one line for each answer that is not the first's. */
async function manyAtOnce(op: string, ask: (time: number) => Promise<unknown>): Promise<string[]> {
  const answers = await Promise.all(Array.from({ length: TIMES }, (_, time) => ask(time)));
  return answers.flatMap((answer, time) =>
    isDeepStrictEqual(answer, answers[0]) ? [] : [`answers: ${op} was answered otherwise at time ${time}`],
  );
}

/** What was done to tickets, by what it says in their timelines: whatever was done twice is there twice. */
async function storedFacts({ db }: Store): Promise<Stored['effects']> {
  const { rows } = await sql<{ op: string; ticketId: string; position: number }>`
    SELECT concat_ws(' ', fact ->> 'type', ticket_id, coalesce(agent_id::text, 'nobody')) AS op,
      ticket_id AS "ticketId", position FROM event WHERE fact ->> 'type' <> 'ticket.created' ORDER BY position`.execute(
    db,
  );
  return rows;
}

/** The ticket that is being called, as the branch hears of it; null in every other frame. */
function calledIn(frame: DeskDown): TicketHeader | null {
  if (frame.type !== 'changes') return null;
  for (const { body } of frame.changes) {
    if (body.type === 'ticket.put' && body.header.state === 'calling') return body.header;
  }
  return null;
}

const urlOf = ({ servers }: FaultOffice, time: number): string => servers[time % servers.length]!.url;

test('[R9] the same take, next, act of the outbox and ticket fifty times at once at two servers: one effect each, and fifty equal answers', async () => {
  const office = await openFaultOffice({ agents: 2, servers: 2 });
  closes.push(office.close);
  const url = urlOf(office, 0);
  const agents = await Promise.all([1, 2].map((number) => openAgentClient(url, number)));
  const history = openHistory();
  /** `fact`: what it leaves in the timeline of the ticket. */
  const deliver = async (agent: AgentClient, fact: string, ticketId: string, body: LooseBody): Promise<boolean> => {
    const id = uuidv7();
    const event = { client: agent.name, op: `${fact} ${ticketId} ${agent.agentId}`, ticketId };
    history.record({ type: 'invoke', ...event });
    const statuses = new Set<string>();
    const differing = await manyAtOnce(event.op, async (time) => {
      const answer = await agent.deliver(urlOf(office, time), id, body);
      statuses.add(answer.status);
      return answer;
    });
    expect(differing).toEqual([]);
    history.record({ type: statuses.has('accepted') ? 'ok' : 'fail', ...event });
    return statuses.has('accepted');
  };
  const issue = async (): Promise<string> => {
    const key = uuidv7();
    let made = '';
    const differing = await manyAtOnce('ticket', async (time) => {
      const { turnUrl, ...ticket } = await issueTicket(urlOf(office, time), key);
      made = ticket.id;
      // Each server has an address of its own here.
      return { ...ticket, turn: turnUrl.replace(urlOf(office, time), '') };
    });
    expect(differing).toEqual([]);
    return made;
  };

  const rounds = amount(1, 10);
  for (let round = 0; round < rounds; round += 1) {
    const ticketId = await issue();
    // Both want it, fifty times each.
    const takes = agents.map((agent) => ({ agent, ticketId, attentionId: uuidv7(), epoch: 1 }));
    const taken = await Promise.all(
      takes.map(({ agent, attentionId }) =>
        deliver(agent, 'ticket.called', ticketId, { type: 'ticket.call', ticketId, attentionId }),
      ),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
    const { agent, ...quoted } = takes[taken.indexOf(true)]!;
    await deliver(agent, 'note.added', ticketId, { type: 'note.add', ticketId, text: 'trae la factura' });
    await deliver(agent, 'ticket.attended', ticketId, { type: 'attention.begin', ...quoted });

    // Next: who finishes is free, and the server calls who waits longest, once.
    const nextId = await issue();
    const { socket, until } = await openAgentSocket(agent, urlOf(office, round));
    await until(({ type }) => type === 'caughtUp');
    await agent.deliver(url, uuidv7(), { type: 'status.choose', state: 'online', cause: 'agent' });
    await agent.deliver(url, uuidv7(), { type: 'status.setManual', isManual: false });
    const call = { client: 'server', op: `ticket.called ${nextId} nobody`, ticketId: nextId };
    history.record({ type: 'invoke', ...call });
    await deliver(agent, 'ticket.closed', ticketId, { type: 'attention.finish', ...quoted });
    const frame = await until((each) => calledIn(each) !== null);
    history.record({ type: 'ok', ...call });
    const next = calledIn(frame)!;
    expect(next.id).toBe(nextId);
    const held = { ticketId: nextId, attentionId: next.holder!.attentionId, epoch: next.epoch };
    // What nobody acknowledges would go back to its place.
    await agent.deliver(url, uuidv7(), { type: 'attention.acknowledge', ...held });
    await agent.deliver(url, uuidv7(), { type: 'status.setManual', isManual: true });
    const gone = { type: 'attention.noShow', ...held, then: 'cancel' } as const;
    await deliver(agent, 'ticket.closed', nextId, gone);
    socket.terminate();
  }

  const tickets = await office.store.db.selectFrom('ticket').select('id').execute();
  expect(tickets).toHaveLength(2 * rounds);
  const effects = await storedFacts(office.store);
  const holds = await storedHolds(office.store);
  expect(holds).toHaveLength(2 * rounds);
  expect(checkHistory(history.events, { effects, holds, refused: [], shown: [] })).toEqual([]);
  expect(await checkAttentions(office.store)).toEqual([]);
});

test('[R9] twin: who looks for the id first and keeps it afterwards does it fifty times with fifty answers, and the checkers say so', async () => {
  const database = await testDatabase();
  const stores = [1, 2].map(() => connect(database.url, ignore));
  closes.push(database.drop, ...stores.map(({ close }) => close));
  const [first] = stores;
  if (!first) throw new Error('no database');
  await first.pool.query('CREATE TABLE naive_command (id uuid, answer bigint)');
  await first.pool.query('CREATE TABLE naive_note (position bigserial, op text)');
  const history = openHistory();
  const id = uuidv7();
  const looked = Promise.withResolvers<void>();
  let looks = 0;
  const event = { client: 'agent', op: 'note', ticketId: null };
  history.record({ type: 'invoke', ...event });
  const differing = await manyAtOnce('note', async (time) => {
    const { pool } = stores[time % 2]!;
    const { rows } = await pool.query<{ answer: string }>('SELECT answer FROM naive_command WHERE id = $1', [id]);
    looks += 1;
    if (looks === TIMES) looked.resolve();
    await looked.promise;
    if (rows[0]) return rows[0].answer;
    const done = await pool.query<{ position: string }>(
      "INSERT INTO naive_note (op) VALUES ('note') RETURNING position",
    );
    const answer = done.rows[0]?.position;
    await pool.query('INSERT INTO naive_command VALUES ($1, $2)', [id, answer]);
    return answer;
  });
  history.record({ type: 'ok', ...event });
  expect(differing).toHaveLength(TIMES - 1);
  const { rows } = await first.pool.query<{ op: string; position: string }>('SELECT * FROM naive_note');
  const effects = rows.map(({ op, position }) => ({ op, ticketId: null, position: Number(position) }));
  expect(checkHistory(history.events, { effects, holds: [], refused: [], shown: [] })).toEqual([
    `twice: note is stored ${TIMES} times`,
  ]);
});
