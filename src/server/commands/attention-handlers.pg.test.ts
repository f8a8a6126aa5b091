import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TicketFact } from '../../protocol/event.ts';
import { attend, call, deliver, headerOf, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { changesOf, NINE, openServer, type TestServer } from '../testing/open-server.ts';
import { readStatus } from '../store/status-rows.ts';

const SECOND = 1_000;

let server: TestServer;
let office: TestOffice;
let ana: TestAgent;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.now = NINE;
  office = await newOffice(server);
  ana = await newAgent(office, { main: ['caja', 'reclamos'] });
});

const refused = (code: string) => ({ status: 'refused', error: { code } });
const accepted = { status: 'accepted' };
const statusOf = async (agent: TestAgent) => (await readStatus(server.context.store.db, agent.id))!.status;

async function factsOf(ticketId: string): Promise<TicketFact[]> {
  const rows = await server.context.store.db
    .selectFrom('event')
    .select('fact')
    .where('ticket_id', '=', ticketId)
    .orderBy('position')
    .execute();
  return rows.map(({ fact }) => fact);
}

test('[S2-26] called, attended, finished: each step is in the timeline with its module, and on the stream of the agent', async () => {
  const { id } = await issue(office);
  const quoted = await call(ana, id);
  server.clock.now += 30 * SECOND;
  expect(await deliver(ana, { type: 'attention.begin', ...quoted })).toMatchObject(accepted);
  server.clock.now += 120 * SECOND;
  expect(await deliver(ana, { type: 'attention.finish', ...quoted })).toMatchObject(accepted);
  expect(await headerOf(office, id)).toMatchObject({
    state: 'closed',
    outcome: 'finished',
    holder: null,
    calledAt: NINE,
    attendingSince: NINE + 30 * SECOND,
    closedAt: NINE + 150 * SECOND,
  });
  expect((await factsOf(id)).map(({ type }) => type)).toEqual([
    'ticket.created',
    'ticket.called',
    'ticket.attended',
    'ticket.closed',
  ]);
  const bodies = (await changesOf(server, `agent:${ana.id}`)).map(({ body }) => body);
  expect(bodies.map(({ type }) => type)).toEqual(['content.put', 'event.added', 'event.added']);
  expect(bodies[0]).toMatchObject({ content: { ticketId: id, events: [{}, { fact: { type: 'ticket.called' } }] } });
});

test('[S2-28] a recall comes at the soonest after its pause, and at most three calls are made', async () => {
  const { id } = await issue(office);
  const quoted = await call(ana, id);
  const recall = () => deliver(ana, { type: 'attention.recall', ...quoted });
  server.clock.now += 15 * SECOND - 1;
  expect(await recall()).toMatchObject(refused('TOO_SOON'));
  server.clock.now += 1;
  expect(await recall()).toMatchObject(accepted);
  server.clock.now += 15 * SECOND;
  expect(await recall()).toMatchObject(accepted);
  server.clock.now += 15 * SECOND;
  expect(await recall()).toMatchObject(refused('TOO_MANY_RECALLS'));
  expect(await headerOf(office, id)).toMatchObject({ callCount: 3, lastCalledAt: NINE + 30 * SECOND });
  expect((await factsOf(id)).at(-1)).toEqual({ type: 'ticket.recalled', moduleName: 'Módulo 1', attempt: 3 });
});

test('[S2-35] who does not come is closed without having been attended', async () => {
  const { id } = await issue(office);
  const quoted = await call(ana, id);
  expect(await deliver(ana, { type: 'attention.noShow', ...quoted, then: 'cancel' })).toMatchObject(accepted);
  expect(await headerOf(office, id)).toMatchObject({ state: 'closed', outcome: 'noShow', attendingSince: null });
});

test('[S2-22] who does not come may be requeued: half of the wait so far is lost, and nothing else', async () => {
  const { id } = await issue(office);
  server.clock.now += 600 * SECOND;
  const quoted = await call(ana, id);
  expect(await deliver(ana, { type: 'attention.noShow', ...quoted, then: 'requeue' })).toMatchObject(accepted);
  expect(await headerOf(office, id)).toMatchObject({
    state: 'waiting',
    holder: null,
    waitingSince: NINE + 300 * SECOND,
    requeues: 1,
    createdAt: NINE,
  });
});

test.each(['attention.finish', 'attention.noShow', 'attention.transfer'] as const)(
  '[S2-05] the stored next state is applied when %s ends the attention, and then it is En línea again',
  async (type) => {
    const { id } = await issue(office);
    const quoted = await (type === 'attention.noShow' ? call(ana, id) : attend(ana, id));
    await deliver(ana, { type: 'status.chooseNext', state: 'lunch' });
    server.clock.now += 60 * SECOND;
    const rest = { then: 'cancel', serviceId: office.services.reclamos, comment: '' };
    const { then, serviceId, comment } = rest;
    const result = await (type === 'attention.finish'
      ? deliver(ana, { type, ...quoted })
      : type === 'attention.noShow'
        ? deliver(ana, { type, ...quoted, then })
        : deliver(ana, { type, ...quoted, serviceId, comment }));
    expect(result).toMatchObject(accepted);
    expect(await statusOf(ana)).toMatchObject({
      state: 'lunch',
      nextState: 'online',
      cause: 'nextState',
      since: server.clock.now,
    });
  },
);

test('[S2-37] a transfer keeps the clock, changes the service, and the content leaves the former holder', async () => {
  const { id } = await issue(office, { priority: 'preferente' });
  server.clock.now += 600 * SECOND;
  const quoted = await attend(ana, id);
  const result = await deliver(ana, {
    type: 'attention.transfer',
    ...quoted,
    serviceId: office.services.ventas,
    comment: 'quiere otro plan',
  });
  expect(result).toMatchObject(accepted);
  expect(await headerOf(office, id)).toMatchObject({
    state: 'waiting',
    serviceId: office.services.ventas,
    transferredFrom: office.services.caja,
    waitingSince: NINE,
    holder: null,
    priority: 'preferente',
  });
  const bodies = (await changesOf(server, `agent:${ana.id}`)).map(({ body }) => body);
  expect(bodies.at(-1)).toEqual({ type: 'content.gone', ticketId: id });
  expect(bodies.slice(bodies.findIndex((body) => body.type === 'content.gone') + 1)).toEqual([]);
});

test('a transfer to its own service is refused and nothing has changed', async () => {
  const { id } = await issue(office);
  const quoted = await attend(ana, id);
  const before = await headerOf(office, id);
  const body = { type: 'attention.transfer', ...quoted, serviceId: office.services.caja, comment: '' } as const;
  expect(await deliver(ana, body)).toMatchObject(refused('WRONG_STATE'));
  expect(await headerOf(office, id)).toEqual(before);
  expect(await statusOf(ana)).toMatchObject({ state: 'online' });
});

test('[TK1] what the state does not allow is refused', async () => {
  const calling = await call(ana, (await issue(office)).id);
  const { services } = office;
  const transfer = { type: 'attention.transfer', serviceId: services.ventas, comment: '' } as const;
  expect(await deliver(ana, { type: 'attention.finish', ...calling })).toMatchObject(refused('WRONG_STATE'));
  expect(await deliver(ana, { ...transfer, ...calling })).toMatchObject(refused('WRONG_STATE'));
  await deliver(ana, { type: 'attention.begin', ...calling });
  server.clock.now += 60 * SECOND;
  for (const type of ['attention.begin', 'attention.recall'] as const) {
    expect(await deliver(ana, { type, ...calling })).toMatchObject(refused('WRONG_STATE'));
  }
  expect(await deliver(ana, { type: 'attention.noShow', ...calling, then: 'cancel' })).toMatchObject(
    refused('WRONG_STATE'),
  );
  await deliver(ana, { type: 'attention.finish', ...calling });
  for (const type of ['attention.begin', 'attention.recall', 'attention.finish', 'attention.touch'] as const) {
    expect(await deliver(ana, { type, ...calling })).toMatchObject(refused('STALE_EPOCH'));
  }
});

test('[ST3] the next state waits until the attention ends', async () => {
  await deliver(ana, { type: 'status.chooseNext', state: 'resting' });
  const quoted = await attend(ana, (await issue(office)).id);
  expect(await statusOf(ana)).toMatchObject({ state: 'online', nextState: 'resting' });
  await deliver(ana, { type: 'attention.finish', ...quoted });
  expect(await statusOf(ana)).toMatchObject({ state: 'resting', nextState: 'online' });
});
