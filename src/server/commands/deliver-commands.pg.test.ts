import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attend, deliver, describeRefusal, headerOf, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent } from '../testing/office-factory.ts';
import { changesOf, NINE, openServer, someoneWaits, type TestServer } from '../testing/open-server.ts';
import { deliverCommands } from './deliver-commands.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

const note = (ticketId: string, text = 'trae la factura') => ({ type: 'note.add', ticketId, text }) as const;

async function notesOf(ticketId: string): Promise<unknown[]> {
  const rows = await server.context.store.db
    .selectFrom('event')
    .select('fact')
    .where('ticket_id', '=', ticketId)
    .orderBy('position')
    .execute();
  return rows.map(({ fact }) => fact).filter(({ type }) => type === 'note.added');
}

test('[R9] one command fifty times at once, at two servers, has one effect and one answer', async () => {
  const office = await newOffice(server);
  const agent = await newAgent(office);
  const { ticketId } = await attend(agent, (await issue(office)).id);
  const other = await openServer({ beside: server });
  const id = uuidv7();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      deliver(agent, note(ticketId), { id, context: index % 2 === 0 ? server.context : other.context }),
    ),
  );
  await other.close();
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(answers[0]).toMatchObject({ id, status: 'accepted' });
  expect(await notesOf(ticketId)).toHaveLength(1);
});

test('[R9] the same id with another body, or in another name, is refused and the first one stands', async () => {
  const office = await newOffice(server);
  const agent = await newAgent(office);
  const { id: ticketId } = await issue(office);
  const id = uuidv7();
  const first = await deliver(agent, note(ticketId), { id });
  expect(await deliver(agent, note(ticketId, 'otra'), { id })).toMatchObject({
    status: 'refused',
    error: { code: 'KEY_REUSED' },
  });
  const colleague = await newAgent(office);
  expect(await deliver(colleague, note(ticketId), { id })).toMatchObject({ error: { code: 'KEY_REUSED' } });
  expect(await deliver(agent, note(ticketId), { id })).toEqual(first);
  expect(await notesOf(ticketId)).toHaveLength(1);
});

test('[R9] a refusal is answered again as it was, though it could be done by now', async () => {
  const office = await newOffice(server);
  const agent = await newAgent(office);
  const { ticketId, ...quoted } = await attend(agent, (await issue(office)).id);
  const second = await issue(office);
  const id = uuidv7();
  const body = { type: 'ticket.call', ticketId: second.id, attentionId: uuidv7() } as const;
  const refused = await deliver(agent, body, { id });
  expect(refused).toMatchObject({ status: 'refused', error: { code: 'BUSY_AGENT' } });
  await deliver(agent, { type: 'attention.finish', ticketId, ...quoted });
  expect(await deliver(agent, body, { id })).toEqual(refused);
  expect(await deliver(agent, body)).toMatchObject({ status: 'accepted' });
});

test('[R9] an answer that came to be kept while the same command was done again is the answer, and what was done again is not', async () => {
  const office = await newOffice(server);
  const agent = await newAgent(office);
  const { id: ticketId } = await issue(office);
  const { db } = server.context.store;
  const id = uuidv7();
  const first = await deliver(agent, note(ticketId), { id });
  // The other delivery has not been done yet when this one asks.
  await db.deleteFrom('event').where('ticket_id', '=', ticketId).execute();
  const kept = await db.deleteFrom('command').where('id', '=', id).returningAll().executeTakeFirstOrThrow();
  const again = await db.transaction().execute(async (tx) => {
    await tx.selectFrom('ticket').select('id').where('id', '=', ticketId).forUpdate().execute();
    const delivered = deliver(agent, note(ticketId), { id });
    await someoneWaits(server);
    await db
      .insertInto('command')
      .values({ ...kept, answer: JSON.stringify(kept.answer) })
      .execute();
    return { delivered };
  });
  expect(await again.delivered).toEqual(first);
  expect(await notesOf(ticketId)).toEqual([]);
});

test('[R5] a poison command in the middle does not hold up the others', async () => {
  const office = await newOffice(server);
  const agent = await newAgent(office);
  const { id: ticketId } = await issue(office);
  const bodies = [note(ticketId, 'una'), note(uuidv7(), 'de nadie'), note(ticketId, 'dos')];
  const results = await deliverCommands(
    server.context,
    { id: agent.deviceId, companyId: office.companyId },
    bodies.map((body) => ({
      id: uuidv7(),
      authorId: agent.id,
      sessionId: agent.sessionId,
      occurredAt: null,
      body,
    })) as never,
    describeRefusal,
  );
  expect(results.map(({ status }) => status)).toEqual(['accepted', 'refused', 'accepted']);
  expect(await notesOf(ticketId)).toHaveLength(2);
});

/** Delivers notes in one batch, as a desk does after an outage. */
async function deliverNotes(agent: TestAgent, ticketId: string, notes: { id: string; text: string }[]) {
  return deliverCommands(
    server.context,
    { id: agent.deviceId, companyId: agent.office.companyId },
    notes.map(({ id, text }) => ({
      id,
      authorId: agent.id,
      sessionId: agent.sessionId,
      occurredAt: null,
      body: note(ticketId, text),
    })) as never,
    describeRefusal,
  );
}

const textsOf = async (ticketId: string) => (await notesOf(ticketId)).map((fact) => (fact as { text: string }).text);

test('[R5] a command that PostgreSQL refuses at its end does not hold up the one that was sent behind it', async () => {
  const office = await newOffice(server);
  const agent = await newAgent(office);
  const { id: ticketId } = await issue(office);
  const id = uuidv7();
  await deliver(agent, note((await issue(office)).id), { id });
  await server.context.store.db.deleteFrom('command').where('id', '=', id).execute();
  const notes = [
    { id: uuidv7(), text: 'una' },
    { id, text: 'con el id de otra' },
    { id: uuidv7(), text: 'dos' },
  ];
  const results = await deliverNotes(agent, ticketId, notes);
  expect(results.map(({ id: of, status }) => [of, status])).toEqual([
    [notes[0]?.id, 'accepted'],
    [id, 'refused'],
    [notes[2]?.id, 'accepted'],
  ]);
  expect(await textsOf(ticketId)).toEqual(['una', 'dos']);
});

test.each([
  ['an error', "RAISE EXCEPTION 'broken'", /broken/],
  ['the end of its connection', 'PERFORM pg_terminate_backend(pg_backend_pid())', /connection/i],
])(
  '[R9] [R10] after %s in the middle of a batch nothing behind it is done before it is',
  async (_what, fault, reason) => {
    const office = await newOffice(server);
    const agent = await newAgent(office);
    const { id: ticketId } = await issue(office);
    const { db } = server.context.store;
    await sql
      .raw(
        `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${fault}; RETURN NEW; END $$;
       CREATE TRIGGER fail BEFORE INSERT ON event FOR EACH ROW WHEN (NEW.fact ->> 'text' = 'tres') EXECUTE FUNCTION fail()`,
      )
      .execute(db);
    const notes = ['una', 'dos', 'tres', 'cuatro', 'cinco'].map((text) => ({ id: uuidv7(), text }));
    try {
      await expect(deliverNotes(agent, ticketId, notes)).rejects.toThrow(reason);
    } finally {
      await sql`DROP FUNCTION fail CASCADE`.execute(db);
    }
    expect(await textsOf(ticketId)).toEqual(['una', 'dos']);
    const results = await deliverNotes(agent, ticketId, notes);
    expect(results.map(({ status }) => status)).toEqual(notes.map(() => 'accepted'));
    expect(await textsOf(ticketId)).toEqual(['una', 'dos', 'tres', 'cuatro', 'cinco']);
  },
);

test('a take in the middle of a batch is done in its place', async () => {
  const office = await newOffice(server);
  const agent = await newAgent(office);
  const { id: ticketId } = await issue(office);
  const bodies = [
    note(ticketId, 'antes'),
    { type: 'ticket.call', ticketId, attentionId: uuidv7() },
    note(ticketId, 'después'),
  ];
  const results = await deliverCommands(
    server.context,
    { id: agent.deviceId, companyId: office.companyId },
    bodies.map((body) => ({
      id: uuidv7(),
      authorId: agent.id,
      sessionId: agent.sessionId,
      occurredAt: null,
      body,
    })) as never,
    describeRefusal,
  );
  expect(results.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'accepted']);
  const facts = await server.context.store.db
    .selectFrom('event')
    .select('fact')
    .where('ticket_id', '=', ticketId)
    .orderBy('position')
    .execute();
  expect(facts.map(({ fact }) => fact.type)).toEqual(['ticket.created', 'note.added', 'ticket.called', 'note.added']);
});

test('[R9] the same batch delivered twice at once has one effect and the same answers', async () => {
  const office = await newOffice(server);
  const agent = await newAgent(office);
  const { id: ticketId } = await issue(office);
  const notes = Array.from({ length: 30 }, (_, index) => ({ id: uuidv7(), text: `nota ${index}` }));
  const [one, other] = await Promise.all([deliverNotes(agent, ticketId, notes), deliverNotes(agent, ticketId, notes)]);
  expect(one).toEqual(other);
  expect(await textsOf(ticketId)).toEqual(notes.map(({ text }) => text));
});

test('[R9] the positions of an answer are where its changes stand in the streams', async () => {
  const office = await newOffice(server);
  const agent = await newAgent(office);
  const { ticketId, ...quoted } = await attend(agent, (await issue(office)).id);
  const result = await deliver(agent, { type: 'attention.finish', ticketId, ...quoted });
  const positions = result.status === 'accepted' ? result.positions : [];
  expect(positions.map(({ stream }) => stream)).toEqual([`branch:${office.branch.id}`, `agent:${agent.id}`]);
  for (const { stream, seq } of positions) expect((await changesOf(server, stream)).at(-1)?.seq).toBe(seq);
});

test('[PD4] the line of the timeline has the id of its command', async () => {
  const office = await newOffice(server);
  const agent = await newAgent(office);
  const { ticketId } = await attend(agent, (await issue(office)).id);
  const id = uuidv7();
  await deliver(agent, note(ticketId), { id });
  const last = (await changesOf(server, `agent:${agent.id}`)).at(-1)?.body;
  expect(last).toMatchObject({
    type: 'event.added',
    event: { id, agentName: agent.name, fact: { type: 'note.added' } },
  });
});

test('only an agent of the desk may be named as author, while the account is open', async () => {
  const office = await newOffice(server);
  const agent = await newAgent(office);
  const stranger = await newAgent(await newOffice(server));
  const { id: ticketId } = await issue(office);
  const forbidden = { status: 'refused', error: { code: 'FORBIDDEN' } };
  expect(await deliver(agent, note(ticketId), { deviceId: stranger.deviceId })).toMatchObject(forbidden);
  expect(await deliver({ ...stranger, office }, note(ticketId), { deviceId: agent.deviceId })).toMatchObject(forbidden);
  const id = uuidv7();
  const { db } = server.context.store;
  await db
    .updateTable('agent')
    .set({ disabled_at: new Date(NINE) })
    .where('id', '=', agent.id)
    .execute();
  expect(await deliver(agent, note(ticketId), { id })).toMatchObject(forbidden);
  // It left no trace: once the account is open again the same delivery is done.
  await db.updateTable('agent').set({ disabled_at: null }).where('id', '=', agent.id).execute();
  expect(await deliver(agent, note(ticketId), { id })).toMatchObject({ status: 'accepted' });
});

test('[T12] who delivers in the name of an agent of another company neither waits for that agent nor holds them up', async () => {
  const agent = await newAgent(await newOffice(server));
  const stranger = await newAgent(await newOffice(server));
  const { id: ticketId } = await issue(stranger.office);
  await server.context.store.db.transaction().execute(async (tx) => {
    await tx.selectFrom('agent_status').select('state').where('agent_id', '=', stranger.id).forUpdate().execute();
    const body = { type: 'ticket.free', ticketId, attentionId: uuidv7(), reason: 'se fue' } as const;
    for (const each of [note(ticketId), body]) {
      expect(await deliver({ ...stranger, office: agent.office }, each, { deviceId: agent.deviceId })).toMatchObject({
        status: 'refused',
        error: { code: 'FORBIDDEN' },
      });
    }
  });
});

test('[R2] after the session only what may wait for the line is still taken', async () => {
  const office = await newOffice(server);
  const agent = await newAgent(office);
  const { ticketId, ...quoted } = await attend(agent, (await issue(office)).id);
  await server.context.store.db
    .updateTable('session')
    .set({ ended_at: new Date(NINE), end_cause: 'expired' })
    .where('id', '=', agent.sessionId)
    .execute();
  expect(await deliver(agent, { type: 'attention.recall', ticketId, ...quoted })).toMatchObject({
    error: { code: 'SESSION_EXPIRED' },
  });
  expect(await deliver(agent, note(ticketId))).toMatchObject({ status: 'accepted' });
  expect(await deliver(agent, { type: 'attention.finish', ticketId, ...quoted })).toMatchObject({ status: 'accepted' });
  expect((await headerOf(office, ticketId)).outcome).toBe('finished');
});

test('[OC1] a claimed hour counts between the author’s previous act and now; else it is suspect', async () => {
  const office = await newOffice(server);
  const agent = await newAgent(office);
  const { id: ticketId } = await issue(office);
  server.clock.now = NINE + 3_600_000;
  const claims = [NINE + 60_000, NINE + 120_000, NINE + 90_000, server.clock.now + 1, server.clock.now];
  for (const occurredAt of claims) await deliver(agent, note(ticketId, String(occurredAt)), { occurredAt });
  const rows = await server.context.store.db
    .selectFrom('event')
    .select(['occurred_at', 'received_at', 'is_suspect'])
    .where('ticket_id', '=', ticketId)
    .where('agent_id', '=', agent.id)
    .orderBy('position')
    .execute();
  const now = server.clock.now;
  expect(rows.map((row) => [row.occurred_at.getTime(), row.is_suspect])).toEqual([
    [claims[0], false],
    [claims[1], false],
    [now, true],
    [now, true],
    [now, false],
  ]);
  for (const row of rows) expect(row.received_at.getTime()).toBe(now);
  server.clock.now = NINE;
});

test('[OC1] a refused act does not hold back the hours of those that were done', async () => {
  const office = await newOffice(server);
  const agent = await newAgent(office);
  const { id: ticketId } = await issue(office);
  server.clock.now = NINE + 60_000;
  await deliver(agent, note(uuidv7()), { occurredAt: NINE + 50_000 });
  await deliver(agent, note(ticketId), { occurredAt: NINE + 40_000 });
  const row = await server.context.store.db
    .selectFrom('event')
    .select('is_suspect')
    .where('ticket_id', '=', ticketId)
    .where('agent_id', '=', agent.id)
    .executeTakeFirstOrThrow();
  expect(row.is_suspect).toBe(false);
  server.clock.now = NINE;
});

test('[B58] [R5] an hour that no calendar has is suspect like any other to come, and holds up nothing', async () => {
  const office = await newOffice(server);
  const agent = await newAgent(office);
  const { id: ticketId } = await issue(office);
  const note = { type: 'note.add', ticketId, text: 'Hola' } as const;
  for (const occurredAt of [9e15, Number.MAX_SAFE_INTEGER, server.clock.now + 1]) {
    const id = uuidv7();
    expect(await deliver(agent, note, { id, occurredAt })).toMatchObject({ status: 'accepted' });
    const { db } = server.context.store;
    const row = await db
      .selectFrom('command')
      .select(['is_suspect', 'occurred_at'])
      .where('id', '=', id)
      .executeTakeFirst();
    expect(row).toEqual({ is_suspect: true, occurred_at: new Date(server.clock.now) });
  }
});

test('an id that a desk names anew though it is taken is refused, and the queue goes on', async () => {
  const office = await newOffice(server);
  const agent = await newAgent(office);
  const foreign = await issue(await newOffice(server));
  const mine = await issue(office);
  const create = {
    type: 'ticket.create',
    ticketId: foreign.id,
    branchId: office.branch.id,
    serviceId: office.services.caja,
    priority: 'normal',
    customer: { type: 'none' },
  } as const;
  const reused = (field: string) => ({ status: 'refused', error: { code: 'KEY_REUSED', field } });
  expect(await deliver(agent, create)).toMatchObject(reused('ticketId'));
  const { ticketId, attentionId } = await attend(agent, mine.id);
  const quoted = { ticketId, attentionId, epoch: 1 };
  await deliver(agent, { type: 'attention.finish', ...quoted });
  const next = await issue(office);
  expect(await deliver(agent, { type: 'ticket.call', ticketId: next.id, attentionId })).toMatchObject(
    reused('attentionId'),
  );
  expect((await headerOf(office, next.id)).state).toBe('waiting');
});
