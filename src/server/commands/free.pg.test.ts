import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { attend, call, deliver, headerOf, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { changesOf, NINE, openServer, someoneWaits, type TestServer } from '../testing/open-server.ts';
import { readAttention } from '../store/attention-rows.ts';
import { readStatus } from '../store/status-rows.ts';

let server: TestServer;
let office: TestOffice;
let ana: TestAgent;
let luis: TestAgent;
let sofia: TestAgent;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.now = NINE;
  office = await newOffice(server);
  ana = await newAgent(office);
  luis = await newAgent(office, { firstName: 'Luis' });
  sofia = await newAgent(office, { firstName: 'Sofía', role: 'supervisor', main: [] });
});

const reason = 'el equipo no responde';
const refused = (code: string) => ({ status: 'refused', error: { code } });
const free = ({ ticketId, attentionId }: { ticketId: string; attentionId: string }, by = sofia) =>
  deliver(by, { type: 'ticket.free', ticketId, attentionId, reason });
const bodiesOf = async (agent: TestAgent) => (await changesOf(server, `agent:${agent.id}`)).map(({ body }) => body);

test('a supervisor frees a ticket in hand: it waits at its old place, and the agent is told why', async () => {
  const { id } = await issue(office);
  const quoted = await attend(ana, id);
  await deliver(ana, { type: 'status.chooseNext', state: 'documenting' });
  server.clock.now += 60_000;
  expect(await free(quoted)).toMatchObject({ status: 'accepted' });
  expect(await headerOf(office, id)).toMatchObject({ state: 'waiting', waitingSince: NINE, holder: null, epoch: 1 });
  expect(await readAttention(server.context.store.db, quoted.attentionId)).toMatchObject({
    endCause: 'freed',
    outcome: null,
  });
  const bodies = await bodiesOf(ana);
  expect(bodies.slice(-3)).toMatchObject([
    { type: 'event.added', event: { fact: { type: 'ticket.freed', reason }, agentName: sofia.name } },
    { type: 'content.gone', ticketId: id },
    { type: 'status.put', status: { state: 'documenting', nextState: 'online' } },
  ]);
});

test('only who supervises frees, and only the holding that they mean', async () => {
  const { id } = await issue(office);
  expect(await free({ ticketId: id, attentionId: uuidv7() })).toMatchObject(refused('STALE_EPOCH'));
  const quoted = await call(ana, id);
  expect(await free(quoted, luis)).toMatchObject(refused('FORBIDDEN'));
  expect(await free(quoted, ana)).toMatchObject(refused('FORBIDDEN'));
  expect(await free({ ticketId: id, attentionId: uuidv7() })).toMatchObject(refused('STALE_EPOCH'));
  expect(await free(quoted)).toMatchObject({ status: 'accepted' });
  expect(await free(quoted)).toMatchObject(refused('STALE_EPOCH'));
});

test('a ticket that another agent holds by now is not freed from them', async () => {
  const { id } = await issue(office);
  const before = await attend(ana, id);
  await free(before);
  await attend(luis, id);
  expect(await free(before)).toMatchObject(refused('STALE_EPOCH'));
  expect((await headerOf(office, id)).holder?.agentId).toBe(luis.id);
});

test('a late finish of a freed attention is superseded: its notes are kept, the new holder keeps the ticket', async () => {
  const { id } = await issue(office);
  const quoted = await attend(ana, id);
  server.clock.now += 600_000;
  await free(quoted);
  await attend(luis, id);
  const before = await headerOf(office, id);
  const occurredAt = NINE + 300_000;
  const note = { type: 'note.add', ticketId: id, text: 'pagó en efectivo' } as const;
  expect(await deliver(ana, note, { occurredAt })).toMatchObject({ status: 'accepted' });
  const topics = { type: 'topics.choose', ticketId: id, topicIds: [office.topics.caja] } as const;
  expect(await deliver(ana, topics, { occurredAt })).toMatchObject({ status: 'accepted' });
  const finish = { type: 'attention.finish', ...quoted } as const;
  expect(await deliver(ana, finish, { occurredAt })).toMatchObject({ status: 'superseded' });
  expect(await headerOf(office, id)).toEqual(before);
  expect(await readAttention(server.context.store.db, quoted.attentionId)).toMatchObject({
    endCause: 'freed',
    outcome: 'finished',
  });
  const heard = (await bodiesOf(luis)).slice(-3);
  expect(heard).toMatchObject([
    { type: 'event.added', event: { fact: { type: 'note.added' }, occurredAt, isSuspect: false } },
    { type: 'content.put', content: { topicIds: [office.topics.caja] } },
    { type: 'event.added', event: { fact: { type: 'attention.superseded', outcome: 'finished' } } },
  ]);
  // The late finish of one attention does not end what its agent does now.
  expect((await readStatus(server.context.store.db, ana.id))!.status.state).toBe('online');
});

test('superseded is only what was freed, once, by its own agent', async () => {
  const { id } = await issue(office);
  const quoted = await attend(ana, id);
  await free(quoted);
  const finish = { type: 'attention.finish', ...quoted } as const;
  expect(await deliver(luis, finish)).toMatchObject(refused('STALE_EPOCH'));
  expect(await deliver(ana, { ...finish, epoch: 2 })).toMatchObject(refused('STALE_EPOCH'));
  expect(await deliver(ana, finish)).toMatchObject({ status: 'superseded' });
  expect(await deliver(ana, finish)).toMatchObject(refused('STALE_EPOCH'));
  const other = await attend(ana, (await issue(office)).id);
  const transfer = { type: 'attention.transfer', ...other, serviceId: office.services.ventas, comment: '' } as const;
  await deliver(ana, transfer);
  expect(await deliver(ana, { type: 'attention.finish', ...other })).toMatchObject(refused('STALE_EPOCH'));
});

test('what was freed and closed by another does not come back to the first one’s desk', async () => {
  const { id } = await issue(office);
  const quoted = await attend(ana, id);
  await free(quoted);
  await deliver(ana, { type: 'attention.finish', ...quoted });
  await deliver(sofia, { type: 'ticket.cancel', ticketId: id });
  const gone = (await bodiesOf(ana)).findIndex(({ type }) => type === 'content.gone');
  expect((await bodiesOf(ana)).slice(gone).map(({ type }) => type)).toEqual(['content.gone']);
});

test('a ticket that goes on to somebody else meanwhile is not freed from them', async () => {
  const { id } = await issue(office);
  const quoted = await attend(ana, id);
  const mayGoOn = Promise.withResolvers<void>();
  const holdsTicket = Promise.withResolvers<void>();
  // Meanwhile another transaction gives the ticket from Ana to Luis.
  const passing = server.context.store.db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('ticket')
      .select('header')
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    holdsTicket.resolve();
    await mayGoOn.promise;
    const holder = { ...row.header.holder!, agentId: luis.id as never, agentName: luis.name, epoch: 2 };
    await tx
      .updateTable('ticket')
      .set({ holder_id: luis.id, header: JSON.stringify({ ...row.header, holder, epoch: 2 }) })
      .where('id', '=', id)
      .execute();
  });
  await holdsTicket.promise;
  const freeing = free(quoted);
  await someoneWaits(server);
  mayGoOn.resolve();
  await passing;
  expect(await freeing).toMatchObject(refused('STALE_EPOCH'));
  expect((await headerOf(office, id)).holder?.agentId).toBe(luis.id);
});
