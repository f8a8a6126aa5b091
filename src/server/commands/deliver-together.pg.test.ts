import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AgentCommand } from '../../protocol/commands/agent-command.ts';
import { attend, describeRefusal, headerOf, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent } from '../testing/office-factory.ts';
import { changesOf, NINE, openServer, type TestServer } from '../testing/open-server.ts';
import { deliverCommands } from './deliver-commands.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

const commandOf = (agent: TestAgent, body: object, occurredAt: number = NINE): AgentCommand =>
  ({ id: uuidv7(), authorId: agent.id, sessionId: agent.sessionId, occurredAt, body }) as AgentCommand;
const noteOf = (agent: TestAgent, ticketId: string, text: string, occurredAt?: number): AgentCommand =>
  commandOf(agent, { type: 'note.add', ticketId, text }, occurredAt);
const deliverAll = (agent: TestAgent, commands: AgentCommand[], context = server.context) =>
  deliverCommands(context, { id: agent.deviceId, companyId: agent.office.companyId }, commands, describeRefusal);

/** Texts of the notes of a ticket in the order in which they were written, and in which transaction. */
async function notesOf(ticketId: string): Promise<{ text: string; transaction: string }[]> {
  const { rows } = await sql<{ text: string; transaction: string }>`
    SELECT fact ->> 'text' AS text, xmin::text AS transaction FROM event
    WHERE ticket_id = ${ticketId} AND fact ->> 'type' = 'note.added' ORDER BY position`.execute(
    server.context.store.db,
  );
  return rows;
}

async function outage(count: number) {
  const office = await newOffice(server);
  const agent = await newAgent(office);
  const { ticketId, ...quoted } = await attend(agent, (await issue(office)).id);
  const commands = Array.from({ length: count }, (_, index) => noteOf(agent, ticketId, `nota ${index}`));
  return { office, agent, ticketId, quoted, commands };
}

test('[R9] what was done in an outage is done in few transactions, in its order, each with where its changes stand', async () => {
  const { agent, ticketId, quoted, commands } = await outage(60);
  const finish = commandOf(agent, { type: 'attention.finish', ticketId, ...quoted });
  const results = await deliverAll(agent, [...commands, finish]);
  expect(results.map(({ id, status }) => ({ id, status }))).toEqual(
    [...commands, finish].map(({ id }) => ({ id, status: 'accepted' })),
  );
  const notes = await notesOf(ticketId);
  expect(notes.map(({ text }) => text)).toEqual(commands.map((_, index) => `nota ${index}`));
  expect(new Set(notes.map(({ transaction }) => transaction)).size).toBe(2);
  const changes = await changesOf(server, `agent:${agent.id}`);
  for (const [index, result] of results.slice(0, 60).entries()) {
    const [position] = result.status === 'accepted' ? result.positions : [];
    expect(position?.stream).toBe(`agent:${agent.id}`);
    expect(changes.find(({ seq }) => seq === position?.seq)?.body).toMatchObject({
      type: 'event.added',
      event: { id: commands[index]?.id },
    });
  }
  const last = results.at(-1);
  expect(last?.status === 'accepted' && last.positions.map(({ stream }) => stream).toSorted()).toEqual(
    [`agent:${agent.id}`, `branch:${agent.office.branch.id}`].toSorted(),
  );
  expect((await headerOf(agent.office, ticketId)).outcome).toBe('finished');
});

test('[R9] delivered again, whole or in part and at two servers at once, it has one effect and the same answers', async () => {
  const { agent, ticketId, commands } = await outage(20);
  const first = await deliverAll(agent, commands.slice(0, 8));
  const other = await openServer({ beside: server });
  const [one, two] = await Promise.all([
    deliverAll(agent, commands),
    deliverAll(agent, commands.slice(4), other.context),
  ]);
  await other.close();
  expect(one.slice(0, 8)).toEqual(first);
  expect(two).toEqual(one.slice(4));
  expect(await notesOf(ticketId)).toHaveLength(20);
});

test('[R5] one that is refused takes none of the others with it', async () => {
  const { agent, ticketId, commands } = await outage(6);
  const foreign = noteOf(agent, uuidv7(), 'de nadie');
  const results = await deliverAll(agent, [...commands.slice(0, 3), foreign, ...commands.slice(3)]);
  expect(results.map(({ status }) => status)).toEqual([
    ...Array<string>(3).fill('accepted'),
    'refused',
    ...Array<string>(3).fill('accepted'),
  ]);
  expect((await notesOf(ticketId)).map(({ text }) => text)).toEqual(commands.map((_, index) => `nota ${index}`));
});

test('[OC1] within it each hour counts between the one before and now', async () => {
  const { agent, ticketId } = await outage(0);
  server.clock.now = NINE + 60_000;
  const hours = [NINE + 30_000, NINE + 40_000, NINE + 35_000, NINE + 70_000];
  await deliverAll(
    agent,
    hours.map((hour, index) => noteOf(agent, ticketId, `nota ${index}`, hour)),
  );
  const { rows } = await sql<{ at: Date; isSuspect: boolean }>`
    SELECT occurred_at AS at, is_suspect AS "isSuspect" FROM event
    WHERE ticket_id = ${ticketId} AND fact ->> 'type' = 'note.added' ORDER BY position`.execute(
    server.context.store.db,
  );
  expect(rows.map(({ at, isSuspect }) => [at.getTime() - NINE, isSuspect])).toEqual([
    [30_000, false],
    [40_000, false],
    [60_000, true],
    [60_000, true],
  ]);
});
