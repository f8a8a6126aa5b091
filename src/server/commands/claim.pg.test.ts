import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, deliver, headerOf, issue } from '../testing/deliver.ts';
import { newAgent, newBranch, newOffice } from '../testing/office-factory.ts';
import { openServer, type TestServer } from '../testing/open-server.ts';

let server: TestServer;
let other: TestServer;
beforeAll(async () => {
  server = await openServer();
  other = await openServer({ beside: server });
});
afterAll(async () => {
  await other.close();
  await server.close();
});

test('[R1] of four agents who call twenty tickets at once, at two servers, each ticket has one holder and the losers its name', async () => {
  const office = await newOffice(server);
  const agents = await Promise.all(
    ['Ana', 'Luis', 'Marta', 'Sofía'].map((firstName) => newAgent(office, { firstName })),
  );
  for (let round = 0; round < 20; round += 1) {
    const { id: ticketId } = await issue(office);
    const results = await Promise.all(
      agents.map(async (agent, index) => {
        const attentionId = uuidv7();
        const { context } = index % 2 === 0 ? server : other;
        return {
          agent,
          attentionId,
          result: await deliver(agent, { type: 'ticket.call', ticketId, attentionId }, { context }),
        };
      }),
    );
    const winners = results.filter(({ result }) => result.status === 'accepted');
    expect(winners).toHaveLength(1);
    const { agent: winner, attentionId } = winners[0]!;
    for (const { result } of results.filter(({ agent }) => agent !== winner)) {
      expect(result).toMatchObject({ status: 'refused', error: { code: 'ALREADY_HELD', detail: winner.name } });
    }
    const header = await headerOf(office, ticketId);
    expect(header.holder).toEqual({
      agentId: winner.id,
      agentName: winner.name,
      moduleId: winner.moduleId,
      attentionId,
      epoch: 1,
    });
    await deliver(winner, { type: 'attention.begin', ticketId, attentionId, epoch: 1 });
    await deliver(winner, { type: 'attention.finish', ticketId, attentionId, epoch: 1 });
  }
});

test('[R1] sabotaged twin: who looks first and takes then, without the lock, takes what another has taken', async () => {
  const office = await newOffice(server);
  const { id } = await issue(office);
  const { db } = server.context.store;
  const everybodyLooked = Promise.withResolvers<void>();
  let looked = 0;
  const takes = Array.from({ length: 4 }, () =>
    db.transaction().execute(async (tx) => {
      const { state } = await tx.selectFrom('ticket').select('state').where('id', '=', id).executeTakeFirstOrThrow();
      looked += 1;
      if (looked === 4) everybodyLooked.resolve();
      await everybodyLooked.promise;
      if (state !== 'waiting') return false;
      await tx.updateTable('ticket').set({ state: 'calling' }).where('id', '=', id).execute();
      return true;
    }),
  );
  expect((await Promise.all(takes)).filter(Boolean)).toHaveLength(4);
});

test('[R1] [T12] of those who come while somebody is taking a ticket each gets what it would have got behind the lock', async () => {
  const office = await newOffice(server);
  const [ana, luis, marta] = await Promise.all(
    ['Ana', 'Luis', 'Marta'].map((firstName) => newAgent(office, { firstName })),
  );
  const stranger = await newAgent(await newOffice(server), { firstName: 'Sofía' });
  const norte = await newBranch(server, office.companyId);
  const elsewhere = await newAgent(norte, { firstName: 'Raúl' });
  if (!ana || !luis || !marta) throw new Error('nobody there');
  await server.context.store.db
    .updateTable('agent')
    .set({ disabled_at: new Date() })
    .where('id', '=', marta.id)
    .execute();
  const { id: ticketId } = await issue(office);
  const late = uuidv7();
  const calls = [ana, luis, marta, stranger, elsewhere].map((agent) =>
    deliver(agent, { type: 'ticket.call', ticketId, attentionId: uuidv7() }, { ...(agent === luis && { id: late }) }),
  );
  const [first, ...others] = await Promise.all(calls);
  expect(first).toMatchObject({ status: 'accepted' });
  expect(others).toMatchObject([
    { error: { code: 'ALREADY_HELD', detail: 'Ana Rojas' } },
    { error: { code: 'FORBIDDEN' } },
    { error: { code: 'NOT_FOUND', field: 'ticketId' } },
    { error: { code: 'NOT_FOUND', field: 'ticketId' } },
  ]);
  const stored = await server.context.store.db
    .selectFrom('command')
    .select('answer')
    .where('id', '=', late)
    .executeTakeFirst();
  expect(stored?.answer).toEqual(others[0]);
});

test('[R1] one agent who calls two tickets at once gets one of them', async () => {
  const office = await newOffice(server);
  const agent = await newAgent(office);
  const tickets = await Promise.all([issue(office), issue(office)]);
  const results = await Promise.all(
    tickets.map(({ id }, index) =>
      deliver(
        agent,
        { type: 'ticket.call', ticketId: id, attentionId: uuidv7() },
        { context: [server, other][index]!.context },
      ),
    ),
  );
  expect(results.map(({ status }) => status).toSorted()).toEqual(['accepted', 'refused']);
  expect(results.find(({ status }) => status === 'refused')).toMatchObject({ error: { code: 'BUSY_AGENT' } });
});

test('[TK4] each holding raises the epoch, and what quotes an old one is stale', async () => {
  const office = await newOffice(server);
  const [ana, luis] = [await newAgent(office), await newAgent(office, { firstName: 'Luis' })];
  const { id } = await issue(office);
  const first = await call(ana, id);
  await deliver(ana, { type: 'attention.noShow', ...first, then: 'requeue' });
  const second = await call(luis, id);
  expect([first.epoch, second.epoch]).toEqual([1, 2]);
  const quotes = [first, { ...second, epoch: 1 }, { ...second, attentionId: first.attentionId }];
  for (const quoted of quotes) {
    for (const agent of [ana, luis]) {
      const result = await deliver(agent, { type: 'attention.recall', ...quoted });
      expect(result).toMatchObject({ error: { code: 'STALE_EPOCH' } });
    }
  }
  expect(await deliver(ana, { type: 'attention.begin', ...second })).toMatchObject({ error: { code: 'STALE_EPOCH' } });
});

test('a ticket of a service that the agent does not attend, or of a branch where they do not sit, is not called', async () => {
  const office = await newOffice(server);
  const agent = await newAgent(office);
  const ventas = await issue(office, { service: 'ventas' });
  const body = { type: 'ticket.call', ticketId: ventas.id, attentionId: uuidv7() } as const;
  expect(await deliver(agent, body)).toMatchObject({ error: { code: 'FORBIDDEN' } });
  const supervisor = await newAgent(office, { role: 'supervisor' });
  const norte = await newBranch(server, office.companyId);
  const there = await issue({ ...norte, deviceId: office.deviceId });
  const elsewhere = { type: 'ticket.call', ticketId: there.id, attentionId: uuidv7() } as const;
  expect(await deliver(agent, elsewhere)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  expect(await deliver(supervisor, elsewhere)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  expect(await deliver(supervisor, body)).toMatchObject({ status: 'accepted' });
});
