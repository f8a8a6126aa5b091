import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { call, deliver, headerOf, headerWhen, issue, quoteOf } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { changeOf, changesOf, NINE, openServer, type TestServer } from '../testing/open-server.ts';
import { sitElsewhere } from '../testing/sit-elsewhere.ts';
import { reserveBlocks } from '../commands/reserve-blocks.ts';
import { setConnected } from '../sockets/set-connected.ts';
import { readDue } from '../store/due-rows.ts';
import { readStatus } from '../store/status-rows.ts';
import { passTimeDuring } from '../testing/pass-time.ts';

const SECOND = 1_000;

let server: TestServer;
let office: TestOffice;
let ana: TestAgent;
beforeEach(async () => {
  server = await openServer({ dispatches: true });
  office = await newOffice(server);
  ana = await newAgent(office, { main: ['caja', 'asesoria'] });
});
afterEach(() => server.close());

async function calledAutomatically(input: Parameters<typeof issue>[1] = {}): Promise<TicketHeader> {
  const { id } = await issue(office, input);
  return headerWhen(office, id, ({ state }) => state === 'calling');
}

const acknowledge = (header: TicketHeader) => deliver(ana, { type: 'attention.acknowledge', ...quoteOf(header) });
const whenReturned = (agent: TestAgent) =>
  changeOf(server, `agent:${agent.id}`, 'event.added', ({ event }) => event.fact.type === 'ticket.returned');
const statusOf = async (agent: TestAgent) => (await readStatus(server.context.store.db, agent.id))!.status;
/** Clocks of calls that run out until then. */
const clocksUntil = async (at: number) =>
  (await readDue(server.context.store.db, at)).filter(({ kind }) => kind !== 'dispatch').map(({ kind }) => kind);

test('a call that its desk does not show in five seconds goes back to its old place, and its agent stays En línea', async () => {
  const header = await calledAutomatically();
  server.clock.now = NINE + 5 * SECOND;
  const { event } = await whenReturned(ana);
  expect(event.fact).toEqual({ type: 'ticket.returned', cause: 'notAcknowledged' });
  expect(await headerOf(office, header.id)).toMatchObject({
    state: 'waiting',
    waitingSince: NINE,
    holder: null,
    callCount: 0,
    requeues: 0,
  });
  expect((await statusOf(ana)).state).toBe('online');
  const presence = (await changesOf(server, `branch:${office.branch.id}`)).at(-1)?.body;
  expect(presence).toMatchObject({
    type: 'presence.put',
    presence: { agentId: ana.id, silentSince: NINE + 5 * SECOND },
  });
  const types = (await changesOf(server, `agent:${ana.id}`)).map(({ body }) => body.type);
  expect(types.slice(-2)).toEqual(['event.added', 'content.gone']);
  // Its desk is called for no more until it has connected anew.
  await server.context.dispatcher.settled();
  expect((await headerOf(office, header.id)).state).toBe('waiting');
  await setConnected(server.context, { agentId: ana.id, branchId: office.branch.id, connectionId: uuidv7() }, true);
  await headerWhen(office, header.id, ({ state, epoch }) => state === 'calling' && epoch === 2);
});

test('a call that its desk shows stays, and without any act goes back after 45 s: Fuera de línea, no answer', async () => {
  const header = await calledAutomatically();
  server.clock.now += 4 * SECOND;
  await acknowledge(header);
  await deliver(ana, { type: 'status.chooseNext', state: 'lunch' });
  expect(await clocksUntil(server.clock.now + 45 * SECOND - 1)).toEqual([]);
  server.clock.now += 45 * SECOND;
  const { event } = await whenReturned(ana);
  expect(event.fact).toEqual({ type: 'ticket.returned', cause: 'noAnswer' });
  expect(await headerOf(office, header.id)).toMatchObject({ state: 'waiting', waitingSince: NINE });
  // [ST5] the stored next state stays.
  expect(await statusOf(ana)).toMatchObject({
    state: 'offline',
    cause: 'noAnswer',
    nextState: 'lunch',
    since: server.clock.now,
  });
  const ledger = await server.context.store.db
    .selectFrom('status_ledger')
    .select(['state', 'cause'])
    .where('agent_id', '=', ana.id)
    .execute();
  expect(ledger).toEqual([{ state: 'offline', cause: 'noAnswer' }]);
});

test('a recall and any input at the desk start the 45 s anew', async () => {
  const header = await calledAutomatically();
  await acknowledge(header);
  server.clock.now += 30 * SECOND;
  await deliver(ana, { type: 'attention.recall', ...quoteOf(header) });
  expect(await clocksUntil(server.clock.now + 45 * SECOND - 1)).toEqual([]);
  server.clock.now += 30 * SECOND;
  await deliver(ana, { type: 'attention.touch', ...quoteOf(header) });
  expect(await clocksUntil(server.clock.now + 45 * SECOND - 1)).toEqual([]);
  expect(await clocksUntil(server.clock.now + 45 * SECOND)).toEqual(['noAnswer']);
});

test('Atender and No se presenta stop the clocks', async () => {
  const first = await calledAutomatically();
  await acknowledge(first);
  await deliver(ana, { type: 'attention.begin', ...quoteOf(first) });
  expect(await clocksUntil(NINE + 3_600_000)).toEqual([]);
  // A late sign of the desk winds nothing up again.
  await deliver(ana, { type: 'attention.touch', ...quoteOf(first) });
  await acknowledge(first);
  expect(await clocksUntil(NINE + 3_600_000)).toEqual([]);
  await deliver(ana, { type: 'attention.finish', ...quoteOf(first) });
  const second = await calledAutomatically();
  await deliver(ana, { type: 'attention.noShow', ...quoteOf(second), then: 'cancel' });
  expect(await clocksUntil(NINE + 3_600_000)).toEqual([]);
});

test('a call by hand has no clock, and a video none after its desk has shown it', async () => {
  await deliver(ana, { type: 'status.setManual', isManual: true });
  const byHand = await call(ana, (await issue(office)).id);
  await deliver(ana, { type: 'attention.acknowledge', ...byHand });
  await deliver(ana, { type: 'attention.touch', ...byHand });
  expect(await clocksUntil(NINE + 3_600_000)).toEqual([]);
  await deliver(ana, { type: 'attention.noShow', ...byHand, then: 'cancel' });
  await deliver(ana, { type: 'status.setManual', isManual: false });
  const video = await calledAutomatically({ service: 'asesoria', kind: 'virtual' });
  expect(await clocksUntil(NINE + 3_600_000)).toEqual(['acknowledge']);
  await acknowledge(video);
  expect(await clocksUntil(NINE + 3_600_000)).toEqual([]);
});

test('a call whose desk has been silent for a minute goes back; an attention never does', async () => {
  const luis = await newAgent(office, { firstName: 'Luis', isManual: true });
  await deliver(ana, { type: 'status.setManual', isManual: true });
  const [calling, attending] = [await call(ana, (await issue(office)).id), await call(luis, (await issue(office)).id)];
  await deliver(luis, { type: 'attention.begin', ...attending });
  await server.context.store.db
    .updateTable('agent_status')
    .set({ seen_at: new Date(NINE) })
    .execute();
  server.clock.now = NINE + 60 * SECOND + 1;
  const { event } = await passTimeDuring(server, whenReturned(ana));
  expect(event).toMatchObject({ ticketId: calling.ticketId, fact: { cause: 'deskSilent' } });
  server.clock.now += 24 * 3_600_000;
  expect((await headerOf(office, attending.ticketId)).state).toBe('attending');
});

test('[S2-20] [TK12] it comes before what was laid aside as well', async () => {
  const blockOf = async ({ deviceId }: TestAgent) => {
    const seat = { deviceId, companyId: office.companyId, branchId: office.branch.id };
    const wanted = { services: [{ serviceId: office.services.caja as never, count: 1 }] };
    return (await reserveBlocks(server.context, seat, wanted))[0]!;
  };
  const attendNow = (block: Awaited<ReturnType<typeof blockOf>>) =>
    ({
      type: 'ticket.attendNow',
      ticketId: uuidv7(),
      attentionId: uuidv7(),
      serviceId: office.services.caja,
      customer: { type: 'none' },
      blockId: block.id,
      number: block.firstNumber,
      turn: block.firstTurn,
    }) as const;
  const aside = attendNow(await blockOf(ana));
  const there = await sitElsewhere(ana);
  await deliver(there, { type: 'status.choose', state: 'online', cause: 'agent' });
  const unseen = await calledAutomatically();
  await deliver(ana, aside, { occurredAt: NINE });
  expect(await headerOf(office, aside.ticketId)).toMatchObject({ state: 'paused' });
  const standing = attendNow(await blockOf(there));
  expect(await deliver(there, standing)).toMatchObject({ status: 'accepted' });
  expect(await headerOf(office, standing.ticketId)).toMatchObject({ state: 'attending' });
  expect(await headerOf(office, unseen.id)).toMatchObject({ state: 'waiting', waitingSince: NINE });
  expect(await headerOf(office, aside.ticketId)).toMatchObject({ state: 'paused' });
});

test('a customer at the counter comes before a call that the desk has not shown', async () => {
  const header = await calledAutomatically();
  const seat = { deviceId: ana.deviceId, companyId: office.companyId, branchId: office.branch.id };
  const wanted = { services: [{ serviceId: office.services.caja as never, count: 2 }] };
  const [block] = await reserveBlocks(server.context, seat, wanted);
  const attendNow = (place: number, id: string, attentionId: string) =>
    deliver(ana, {
      type: 'ticket.attendNow',
      ticketId: id,
      attentionId,
      serviceId: office.services.caja,
      customer: { type: 'none' },
      blockId: block!.id,
      number: block!.firstNumber + place,
      turn: block!.firstTurn + place,
    });
  const [ticketId, attentionId] = [uuidv7(), uuidv7()];
  expect(await attendNow(0, ticketId, attentionId)).toMatchObject({ status: 'accepted' });
  expect(await headerOf(office, header.id)).toMatchObject({ state: 'waiting', waitingSince: NINE });
  await deliver(ana, { type: 'attention.finish', ticketId, attentionId, epoch: 1 });
  const again = await headerWhen(office, header.id, ({ state, epoch }) => state === 'calling' && epoch === 2);
  await acknowledge(again);
  expect(await attendNow(1, uuidv7(), uuidv7())).toMatchObject({
    error: { code: 'BUSY_AGENT' },
  });
});
