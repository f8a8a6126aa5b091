import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DisplayState } from '../../protocol/http/public-api.ts';
import { attend, call, deliver, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { NINE, openServer, type TestServer } from '../testing/open-server.ts';
import { displayState } from './display-state.ts';

const olga = {
  documentType: 'CC',
  documentNumber: '1020304050',
  firstName: 'Olga Lucía',
  lastName: 'Zapatoca Quintero',
  phone: '3001234567',
  email: 'olga@correo.test',
};

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

const state = async (of: TestOffice = office): Promise<DisplayState> => {
  const shown = await displayState(server.context, of.branch);
  expect(DisplayState.parse(shown)).toEqual(shown);
  return shown;
};

test('[S2-55] the waiting room sees who was called to which module, and how many wait', async () => {
  const tickets = [await issue(office), await issue(office), await issue(office, { service: 'ventas' })];
  expect(await state()).toMatchObject({ calls: [], waiting: { count: 3, codes: ['C-001', 'C-002', 'V-001'] } });
  server.clock.now += 60_000;
  await call(ana, tickets[0]!.id);
  expect(await state()).toMatchObject({
    serverTime: NINE + 60_000,
    calls: [{ code: 'C-001', moduleName: 'Módulo 1', name: null, at: NINE + 60_000 }],
    waiting: { count: 2, codes: ['C-002', 'V-001'] },
  });
});

test('[S2-28] a recall is a call of its own on the screen: another id, a later hour, still one line', async () => {
  const { id } = await issue(office);
  const quoted = await call(ana, id);
  const [first] = (await state()).calls;
  server.clock.now += 15_000;
  await deliver(ana, { type: 'attention.recall', ...quoted });
  const { calls } = await state();
  expect(calls).toMatchObject([{ code: 'C-001', at: NINE + 15_000 }]);
  expect(calls[0]?.id).not.toBe(first?.id);
});

test('[S2-55] the newest six calls, newest first, also of those attended and closed since', async () => {
  for (let index = 0; index < 8; index += 1) {
    const { ticketId, ...quoted } = await attend(ana, (await issue(office)).id);
    await deliver(ana, { type: 'attention.finish', ticketId, ...quoted });
    server.clock.now += 1_000;
  }
  const { calls } = await state();
  expect(calls.map(({ code }) => code)).toEqual(['C-008', 'C-007', 'C-006', 'C-005', 'C-004', 'C-003']);
  server.clock.now += 4 * 3_600_000;
  expect((await state()).calls).toEqual([]);
});

test('a call that went back to the line is not shown to its customer any more', async () => {
  const { id } = await issue(office);
  const quoted = await call(ana, id);
  await deliver(ana, { type: 'attention.noShow', ...quoted, then: 'requeue' });
  expect(await state()).toMatchObject({ calls: [], waiting: { codes: ['C-001'] } });
});

test('[T21] never a name, a document or a phone, unless the branch says so; never a surname', async () => {
  await call(ana, (await issue(office, { contact: olga })).id);
  const shown = JSON.stringify(await state());
  for (const canary of ['Olga', 'Lucía', 'Zapatoca', 'Quintero', '1020304050', '4050', '3001234567', 'correo', 'Ana']) {
    expect(shown).not.toContain(canary);
  }
  const named = await newOffice(server, { showsNames: true });
  const luis = await newAgent(named, { firstName: 'Luis' });
  await call(luis, (await issue(named, { contact: olga })).id);
  const open = await state(named);
  expect(open.calls[0]?.name).toBe('Olga Z.');
  for (const canary of ['Zapatoca', 'Quintero', '1020304050', '4050', '3001234567', 'Luis']) {
    expect(JSON.stringify(open)).not.toContain(canary);
  }
});

test('[T12] a branch shows its own calls only', async () => {
  const other = await newOffice(server);
  await call(await newAgent(other), (await issue(other)).id);
  expect(await state()).toMatchObject({ calls: [], waiting: { count: 0 } });
});

test('calls are found by an index, however long the history', async () => {
  const { rows } = await server.context.store.pool
    .query<{ 'QUERY PLAN': string }>(
      `SET LOCAL enable_seqscan = off; EXPLAIN SELECT e.ticket_id FROM event e
     WHERE e.branch_id = '${office.branch.id}' AND e.received_at > now() - interval '4 hours'
       AND e.fact ->> 'type' IN ('ticket.called', 'ticket.recalled')`,
    )
    .then((results) => (results as unknown as { rows: { 'QUERY PLAN': string }[] }[])[1]!);
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('event_calls');
});
