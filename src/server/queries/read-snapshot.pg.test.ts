import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ChangeBody, Presence } from '../../protocol/change.ts';
import { endExpiredSessions } from '../sessions/end-session.ts';
import { setConnected } from '../sockets/set-connected.ts';
import { attend, call, deliver, headerOf, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { changesOf, NINE, openServer, type TestServer } from '../testing/open-server.ts';
import { readSnapshot } from './read-snapshot.ts';

const DAY = 24 * 3_600_000;

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
  ana = await newAgent(office);
});

const snapshot = (stream: string) => readSnapshot(server.context.store, stream, server.clock.now);
const presencesIn = (bodies: ChangeBody[]): Presence[] =>
  bodies.flatMap((body) => (body.type === 'presence.put' ? [body.presence] : []));
const byTicket = (bodies: ChangeBody[]) =>
  bodies
    .flatMap((body) => (body.type === 'content.put' ? [body.content] : []))
    .toSorted((a, b) => (a.ticketId < b.ticketId ? -1 : 1));

test('[R10] the snapshot of an agent is what the changes of their stream add up to', async () => {
  const finished = await attend(ana, (await issue(office, { contact: { firstName: 'Olga' } })).id);
  await deliver(ana, { type: 'topics.choose', ticketId: finished.ticketId, topicIds: [office.topics.caja] });
  await deliver(ana, { type: 'attention.finish', ...finished });
  const requeued = await call(ana, (await issue(office)).id);
  await deliver(ana, { type: 'attention.noShow', ...requeued, then: 'requeue' });
  await deliver(ana, { type: 'ticket.cancel', ticketId: requeued.ticketId });
  const missed = await call(ana, (await issue(office)).id);
  await deliver(ana, { type: 'attention.noShow', ...missed, then: 'cancel' });
  await deliver(ana, { type: 'note.add', ticketId: missed.ticketId, text: 'no vino' });
  const held = await attend(ana, (await issue(office)).id);
  await deliver(ana, { type: 'status.chooseNext', state: 'lunch' });

  const contents = new Map<string, ChangeBody & { type: 'content.put' }>();
  let status: ChangeBody | null = null;
  for (const { body } of await changesOf(server, `agent:${ana.id}`)) {
    if (body.type === 'content.put') contents.set(body.content.ticketId, structuredClone(body));
    if (body.type === 'content.gone') contents.delete(body.ticketId);
    if (body.type === 'event.added') contents.get(body.event.ticketId)?.content.events.push(body.event);
    if (body.type === 'status.put') status = body;
  }
  const { seq, bodies } = await snapshot(`agent:${ana.id}`);
  expect(byTicket(bodies)).toEqual(byTicket([...contents.values()]));
  expect(byTicket(bodies).map(({ ticketId }) => ticketId)).toEqual(
    [finished, missed, held].map(({ ticketId }) => ticketId).toSorted(),
  );
  expect(bodies[0]).toEqual(status);
  expect(seq).toBe((await changesOf(server, `agent:${ana.id}`)).at(-1)?.seq);
});

test('content stays with who closed it for thirty days', async () => {
  const quoted = await attend(ana, (await issue(office)).id);
  await deliver(ana, { type: 'attention.finish', ...quoted });
  server.clock.now += 30 * DAY - 1;
  expect(byTicket((await snapshot(`agent:${ana.id}`)).bodies)).toHaveLength(1);
  server.clock.now += 1;
  expect(byTicket((await snapshot(`agent:${ana.id}`)).bodies)).toEqual([]);
});

test('[R10] the snapshot of a branch has its open headers, those closed in thirty days, and who sits where', async () => {
  const old = await issue(office);
  await deliver(ana, { type: 'ticket.cancel', ticketId: old.id });
  server.clock.now += 31 * DAY;
  const [open, closed] = [await issue(office), await issue(office)];
  await deliver(ana, { type: 'note.add', ticketId: open.id, text: 'x' });
  await server.context.store.db
    .updateTable('session')
    .set({ expires_at: new Date(server.clock.now + DAY) })
    .execute();
  await deliver(ana, { type: 'ticket.cancel', ticketId: closed.id });
  const { seq, bodies } = await snapshot(`branch:${office.branch.id}`);
  const headers = bodies.flatMap((body) => (body.type === 'ticket.put' ? [body.header] : []));
  expect(headers).toEqual([await headerOf(office, open.id), await headerOf(office, closed.id)]);
  expect(seq).toBe((await changesOf(server, `branch:${office.branch.id}`)).at(-1)?.seq);
  expect(presencesIn(bodies)).toEqual([
    { branchId: office.branch.id, agentId: ana.id, agentName: 'Ana Rojas', moduleId: ana.moduleId, silentSince: null },
  ]);
});

test('of the closed tickets of a branch a snapshot has as many as are kept, the newest', async () => {
  const [first, second, open] = [await issue(office), await issue(office), await issue(office)];
  await deliver(ana, { type: 'ticket.cancel', ticketId: second.id });
  server.clock.now += 1_000;
  await deliver(ana, { type: 'ticket.cancel', ticketId: first.id });
  const stream = `branch:${office.branch.id}`;
  const { bodies } = await readSnapshot(server.context.store, stream, server.clock.now, 1);
  const ids = bodies.flatMap((body) => (body.type === 'ticket.put' ? [body.header.id] : []));
  expect(ids).toEqual([open.id, first.id]);
});

test('[R10] [R17] who sits where and whose desk is silent is in a snapshot what the changes add up to', async () => {
  const luis = await newAgent(office, { firstName: 'Luis' });
  const marta = await newAgent(office, { firstName: 'Marta' });
  const held = await attend(ana, (await issue(office)).id);
  const connection = (agent: TestAgent) => ({
    agentId: agent.id,
    branchId: office.branch.id,
    connectionId: uuidv7(),
  });
  const [ofAna, ofLuis, ofMarta] = [connection(ana), connection(luis), connection(marta)];
  for (const one of [ofAna, ofLuis, ofMarta]) await setConnected(server.context, one, true);
  server.clock.now += 60_000;
  await setConnected(server.context, ofAna, false);
  await setConnected(server.context, ofLuis, false);
  server.clock.now += 12 * 3_600_000;
  await endExpiredSessions(server.context);
  // Ana's shift is over and her desk gone, the ticket is hers still; Luis holds nothing, so that nobody asks for him.
  const { bodies } = await snapshot(`branch:${office.branch.id}`);
  const silentSince = NINE + 60_000;
  expect(presencesIn(bodies)).toEqual([expect.objectContaining({ agentId: ana.id, moduleId: null, silentSince })]);
  const told = new Map<string, Presence>();
  for (const { body } of await changesOf(server, `branch:${office.branch.id}`)) {
    if (body.type === 'presence.put') told.set(body.presence.agentId, body.presence);
  }
  expect(told.get(ana.id)).toEqual(presencesIn(bodies)[0]);
  expect(told.get(luis.id)).toMatchObject({ moduleId: null, silentSince });
  expect(told.get(marta.id)).toMatchObject({ moduleId: null, silentSince: null });
  expect((await headerOf(office, held.ticketId)).holder?.agentId).toBe(ana.id);
});

test('the snapshot of a company is its office', async () => {
  const { seq, bodies } = await snapshot(`company:${office.companyId}`);
  expect([seq, bodies.map(({ type }) => type)]).toEqual([0, ['office.put']]);
});
