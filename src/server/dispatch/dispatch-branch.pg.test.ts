import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliver, headerOf, headerWhen, issue, quoteOf } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestOffice } from '../testing/office-factory.ts';
import { changeOf, openServer, someoneWaits, type TestServer } from '../testing/open-server.ts';
import { runWork } from '../changes/work.ts';
import { newSecret } from '../sessions/secrets.ts';
import { setDue } from '../store/due-rows.ts';
import { lockStatuses } from '../store/status-rows.ts';
import { hopTurn } from '../video/hop-turn.ts';
import { dispatchBranch } from './dispatch-branch.ts';

let server: TestServer;
let office: TestOffice;
beforeEach(async () => {
  server = await openServer({ dispatches: true });
  office = await newOffice(server);
});
afterEach(() => server.close());

/** The state of a ticket once nothing is left to be looked at. */
async function settledState(ticketId: string): Promise<string> {
  await server.context.dispatcher.settled();
  return (await headerOf(office, ticketId)).state;
}

test('[S2-14] the system calls the next customer for a free agent and tells the agent’s desk', async () => {
  const ana = await newAgent(office);
  const { id } = await issue(office);
  const { content } = await changeOf(server, `agent:${ana.id}`, 'content.put');
  const header = await headerOf(office, id);
  expect(header).toMatchObject({ state: 'calling', callCount: 1, holder: { agentId: ana.id, moduleId: ana.moduleId } });
  expect(content.events.at(-1)).toMatchObject({
    agentId: null,
    fact: {
      type: 'ticket.called',
      isAutomatic: true,
      moduleName: 'Módulo 1',
      reasons: [{ type: 'mainService' }, { type: 'waited', minutes: 0 }],
    },
  });
});

test('[S2-14] [PT4] a turn that has passed to the video is called to it by the system too', async () => {
  const { id, turnUrl } = await issue(office, { service: 'reclamos' });
  await hopTurn(server.context, { token: turnUrl.split('#')[1]!, to: 'video' }, newSecret());
  const ana = await newAgent(office, { main: ['reclamos'] });
  await runWork(server.context, (work) => dispatchBranch(work, office.branch.id));
  const { content } = await changeOf(server, `agent:${ana.id}`, 'content.put');
  expect(await headerOf(office, id)).toMatchObject({ kind: 'virtual', state: 'calling', holder: { agentId: ana.id } });
  expect(content.events.at(-1)?.fact).toMatchObject({ type: 'ticket.called', isAutomatic: true, isVideo: true });
});

test('[S2-13] in manual mode the agent decides; automatic again, the system calls', async () => {
  const ana = await newAgent(office, { isManual: true });
  const { id } = await issue(office);
  expect(await settledState(id)).toBe('waiting');
  await deliver(ana, { type: 'status.setManual', isManual: false });
  expect(await settledState(id)).toBe('calling');
});

test('[ST8] nobody is called who is not En línea, or whose desk is not there', async () => {
  const ana = await newAgent(office, { state: 'documenting' });
  await newAgent(office, { isConnected: false });
  const silent = await newAgent(office);
  const { db } = server.context.store;
  await db
    .updateTable('agent_status')
    .set({ seen_at: new Date(server.clock.now - 40_000) })
    .where('agent_id', '=', silent.id)
    .execute();
  const unseated = await newAgent(office);
  await db.updateTable('agent_status').set({ module_id: null }).where('agent_id', '=', unseated.id).execute();
  const { id } = await issue(office);
  expect(await settledState(id)).toBe('waiting');
  await deliver(ana, { type: 'status.choose', state: 'online', cause: 'agent' });
  expect(await settledState(id)).toBe('calling');
  expect((await headerOf(office, id)).holder?.agentId).toBe(ana.id);
});

test('[S2-07] a support service is served only when nobody of a main one waits', async () => {
  const ana = await newAgent(office, { main: ['caja'], support: ['ventas'], state: 'resting' });
  const ventas = await issue(office, { service: 'ventas' });
  server.clock.now += 600_000;
  const caja = await issue(office, { service: 'caja' });
  await deliver(ana, { type: 'status.choose', state: 'online', cause: 'agent' });
  const first = await headerWhen(office, caja.id, ({ state }) => state === 'calling');
  expect(await settledState(ventas.id)).toBe('waiting');
  await deliver(ana, { type: 'attention.begin', ...quoteOf(first) });
  await deliver(ana, { type: 'attention.finish', ...quoteOf(first) });
  const second = await headerWhen(office, ventas.id, ({ state }) => state === 'calling');
  expect(second.holder?.agentId).toBe(ana.id);
});

test('[S2-30] when an attention ends the next customer is called, unless the next state says otherwise', async () => {
  const ana = await newAgent(office);
  const tickets = [await issue(office), await issue(office), await issue(office)];
  const first = await headerWhen(office, tickets[0]!.id, ({ state }) => state === 'calling');
  await deliver(ana, { type: 'attention.begin', ...quoteOf(first) });
  await deliver(ana, { type: 'attention.finish', ...quoteOf(first) });
  const second = await headerWhen(office, tickets[1]!.id, ({ state }) => state === 'calling');
  await deliver(ana, { type: 'status.chooseNext', state: 'lunch' });
  await deliver(ana, { type: 'attention.begin', ...quoteOf(second) });
  await deliver(ana, { type: 'attention.finish', ...quoteOf(second) });
  expect(await settledState(tickets[2]!.id)).toBe('waiting');
});

test('[QU7] of two free agents the one who has been free for longer is called', async () => {
  await newAgent(office, { firstName: 'Luis', freeSince: server.clock.now - 1_000 });
  const ana = await newAgent(office, { freeSince: server.clock.now - 2_000 });
  const { id } = await issue(office);
  expect((await headerWhen(office, id, ({ state }) => state === 'calling')).holder?.agentId).toBe(ana.id);
});

test('[R1] two servers that look at one line at once agree: one call for each agent and each ticket', async () => {
  const other = await openServer({ beside: server, dispatches: true });
  const agents = [];
  for (let index = 0; index < 4; index += 1) agents.push(await newAgent(office, { state: 'offline' }));
  const tickets = await Promise.all(Array.from({ length: 12 }, () => issue(office)));
  await Promise.all(
    agents.map((agent, index) =>
      deliver(
        agent,
        { type: 'status.choose', state: 'online', cause: 'agent' },
        { context: [server, other][index % 2]!.context },
      ),
    ),
  );
  await Promise.all([server.context.dispatcher.settled(), other.context.dispatcher.settled()]);
  await other.close();
  const headers = await Promise.all(tickets.map(({ id }) => headerOf(office, id)));
  const holders = headers.map(({ holder }) => holder?.agentId).filter((id) => id !== undefined);
  expect(holders).toHaveLength(4);
  expect(new Set(holders)).toEqual(new Set(agents.map(({ id }) => id)));
  const called = headers.filter(({ state }) => state === 'calling').map(({ number }) => number);
  expect(called.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
});

test('[R11] what a process wished and did not live to look at another looks at', async () => {
  const mute = await openServer({ beside: server });
  await newAgent(office);
  const { id } = await issue(office, {}, { context: mute.context });
  await mute.close();
  expect((await headerWhen(office, id, ({ state }) => state === 'calling')).state).toBe('calling');
});

test('a wish made while a look is under way outlives it, and neither waits for the other for ever', async () => {
  await server.context.dispatcher.stop();
  const ana = await newAgent(office);
  await issue(office);
  const { db } = server.context.store;
  const hasLocked = Promise.withResolvers<void>();
  const mayWish = Promise.withResolvers<void>();
  const command = db.transaction().execute(async (tx) => {
    await lockStatuses(tx, [ana.id], server.clock.now);
    hasLocked.resolve();
    await mayWish.promise;
    await setDue(tx, { kind: 'dispatch', subjectId: office.branch.id, branchId: office.branch.id }, server.clock.now);
  });
  await hasLocked.promise;
  const look = runWork(server.context, (work) => dispatchBranch(work, office.branch.id));
  await someoneWaits(server);
  mayWish.resolve();
  await Promise.all([command, look]);
  const wishes = await db.selectFrom('due').select('subject_id').where('kind', '=', 'dispatch').execute();
  expect(wishes).toEqual([{ subject_id: office.branch.id }]);
  await runWork(server.context, (work) => dispatchBranch(work, office.branch.id));
  expect(await db.selectFrom('due').select('subject_id').where('kind', '=', 'dispatch').execute()).toEqual([]);
});

test.each([
  ['called somebody is waited for until it is durable', true, 'on'],
  ['called nobody is not', false, 'off'],
])('a look that %s', async (_what, isSomebodyFree, expected) => {
  await server.context.dispatcher.stop();
  if (isSomebodyFree) await newAgent(office);
  const { id } = await issue(office);
  const { result } = await runWork(server.context, async (work) => {
    await dispatchBranch(work, office.branch.id);
    return sql<{ synchronous_commit: string }>`SHOW synchronous_commit`.execute(work.tx);
  });
  expect((await headerOf(office, id)).state).toBe(isSomebodyFree ? 'calling' : 'waiting');
  expect(result.rows).toEqual([{ synchronous_commit: expected }]);
});

test('a ticket that is passed on while a look is under way is not called for its former service', async () => {
  await server.context.dispatcher.stop();
  await newAgent(office, { main: ['caja'] });
  const { id } = await issue(office);
  const { db } = server.context.store;
  const hasLocked = Promise.withResolvers<void>();
  const mayPass = Promise.withResolvers<void>();
  const passing = db.transaction().execute(async (tx) => {
    const { header } = await tx
      .selectFrom('ticket')
      .select('header')
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    hasLocked.resolve();
    await mayPass.promise;
    const passed = { ...header, serviceId: office.services.ventas };
    await tx
      .updateTable('ticket')
      .set({ service_id: office.services.ventas, header: JSON.stringify(passed) })
      .where('id', '=', id)
      .execute();
  });
  await hasLocked.promise;
  const look = runWork(server.context, (work) => dispatchBranch(work, office.branch.id));
  await someoneWaits(server);
  mayPass.resolve();
  await Promise.all([passing, look]);
  expect((await headerOf(office, id)).state).toBe('waiting');
});
