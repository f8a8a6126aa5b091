import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { TurnState } from '../../protocol/http/public-api.ts';
import { attend, call, deliver, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { NINE, openServer, type TestServer } from '../testing/open-server.ts';
import { findTurn, turnStates } from './turn-state.ts';

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

const state = async (ticketId: string): Promise<TurnState | null> => {
  const shown = (await turnStates(server.context, office.branch.id, [ticketId])).get(ticketId) ?? null;
  if (shown) expect(TurnState.parse(shown)).toEqual(shown);
  return shown;
};

test('a customer follows their own turn: people ahead, the call with its module, the end', async () => {
  const [first, second] = [await issue(office), await issue(office)];
  expect(await state(second.id)).toMatchObject({
    state: 'waiting',
    code: 'C-002',
    serviceName: 'Caja',
    ahead: 1,
    range: { low: 2, high: 8 },
    moduleName: null,
  });
  const quoted = await attend(ana, first.id);
  expect(await state(second.id)).toMatchObject({ ahead: 0 });
  await deliver(ana, { type: 'attention.finish', ...quoted });
  const called = await call(ana, second.id);
  expect(await state(second.id)).toMatchObject({ state: 'calling', moduleName: 'Módulo 1', ahead: null, range: null });
  await deliver(ana, { type: 'attention.begin', ...called });
  expect(await state(second.id)).toMatchObject({ state: 'attending', moduleName: 'Módulo 1' });
  await deliver(ana, { type: 'attention.finish', ...called });
  expect(await state(second.id)).toMatchObject({ state: 'finished', moduleName: null });
});

test('a turn that was cancelled, and one whose customer did not come, say so', async () => {
  const [cancelled, missed] = [await issue(office), await issue(office)];
  await deliver(ana, { type: 'ticket.cancel', ticketId: cancelled.id });
  await deliver(ana, { type: 'attention.noShow', ...(await call(ana, missed.id)), then: 'cancel' });
  expect([(await state(cancelled.id))?.state, (await state(missed.id))?.state]).toEqual(['cancelled', 'noShow']);
});

test('[T2] a turn tells nothing of who attends, of other customers or of the customer’s own data', async () => {
  const contact = { documentType: 'CC', documentNumber: '1020304050', firstName: 'Olga', lastName: 'Zapatoca' };
  const { id } = await issue(office, { contact });
  await call(ana, id);
  const shown = JSON.stringify(await state(id));
  for (const canary of ['Olga', 'Zapatoca', '1020304050', '4050', 'Ana', 'Rojas', ana.id, id]) {
    expect(shown).not.toContain(canary);
  }
});

test('a turn is found by its token alone, until a day after its end', async () => {
  const issued = await issue(office);
  const token = issued.turnUrl.split('#')[1]!;
  const found = { ticketId: issued.id, branchId: office.branch.id, companyId: office.companyId };
  expect(await findTurn(server.context, token)).toEqual(found);
  for (const wrong of ['', 'x', issued.id, `${token}x`, token.slice(1), '\0']) {
    expect(await findTurn(server.context, wrong)).toBeNull();
  }
  await deliver(ana, { type: 'ticket.cancel', ticketId: issued.id });
  server.clock.now += 24 * 3_600_000;
  expect(await findTurn(server.context, token)).toEqual(found);
  server.clock.now += 1;
  expect(await findTurn(server.context, token)).toBeNull();
});

test('the turns of a branch are read together, each as if alone; one of another branch is left out', async () => {
  const ids = [];
  for (const service of ['caja', 'ventas', 'caja', 'caja'] as const) ids.push((await issue(office, { service })).id);
  await call(ana, ids[0]!);
  const foreign = await issue(await newOffice(server));
  const together = await turnStates(server.context, office.branch.id, [...ids, foreign.id]);
  expect([...together.keys()].toSorted()).toEqual(ids.toSorted());
  for (const id of ids) expect(together.get(id)).toEqual(await state(id));
  expect(ids.map((id) => together.get(id)?.ahead)).toEqual([null, 0, 0, 1]);
});
