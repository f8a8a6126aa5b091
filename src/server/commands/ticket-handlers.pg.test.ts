import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { call, deliver, headerOf, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { changesOf, NINE, openServer, type TestServer } from '../testing/open-server.ts';

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

const refused = (code: string) => ({ status: 'refused', error: { code } });
const accepted = { status: 'accepted' };

const create = (customer: object = { type: 'none' }, rest: object = {}) =>
  ({
    type: 'ticket.create',
    ticketId: uuidv7(),
    branchId: office.branch.id,
    serviceId: office.services.caja,
    priority: 'normal',
    customer,
    ...rest,
  }) as const;

test('[S2-20] a turn made by hand takes the next number and code, with a new customer', async () => {
  await issue(office);
  const contact = { documentType: 'CC', documentNumber: '1.020.304.050', firstName: 'Olga', lastName: 'Niño' };
  const body = create({ type: 'new', contactId: uuidv7(), contact }, { priority: 'preferente' });
  expect(await deliver(ana, body)).toMatchObject(accepted);
  expect(await headerOf(office, body.ticketId)).toMatchObject({
    state: 'waiting',
    number: 2,
    turnCode: 'C-002',
    origin: 'agent',
    priority: 'preferente',
    displayName: 'Olga Niño',
    documentLast4: '4050',
    kind: 'turn',
  });
  // Who made it does not hold it: nothing but the header is pushed.
  expect(await changesOf(server, `agent:${ana.id}`)).toEqual([]);
});

test('[S2-20] a turn made by hand is for a known customer, and a second customer with one document is refused', async () => {
  const contact = { documentType: 'CC', documentNumber: '1020304050', firstName: 'Olga' };
  const contactId = uuidv7();
  await deliver(ana, create({ type: 'new', contactId, contact }));
  const known = create({ type: 'existing', contactId });
  expect(await deliver(ana, known)).toMatchObject(accepted);
  expect((await headerOf(office, known.ticketId)).displayName).toBe('Olga');
  const double = create({ type: 'new', contactId: uuidv7(), contact: { ...contact, documentNumber: '1 020 304 050' } });
  expect(await deliver(ana, double)).toMatchObject(refused('DUPLICATE_CONTACT'));
  expect((await issue(office)).number).toBe(3);
});

test('[S2-20] a service of video makes a virtual ticket', async () => {
  const body = create({ type: 'none' }, { serviceId: office.services.asesoria });
  await deliver(ana, body);
  expect(await headerOf(office, body.ticketId)).toMatchObject({ kind: 'virtual', turnCode: 'A-001' });
});

test('[S2-22] a waiting ticket is requeued: half of its wait so far is lost', async () => {
  const { id } = await issue(office);
  server.clock.now += 600_000;
  expect(await deliver(ana, { type: 'ticket.requeue', ticketId: id })).toMatchObject(accepted);
  expect(await headerOf(office, id)).toMatchObject({ state: 'waiting', waitingSince: NINE + 300_000, requeues: 1 });
});

test('[S2-23] a waiting ticket is cancelled, and a closed one stays as it is', async () => {
  const { id } = await issue(office);
  expect(await deliver(ana, { type: 'ticket.cancel', ticketId: id })).toMatchObject(accepted);
  expect(await headerOf(office, id)).toMatchObject({ state: 'closed', outcome: 'cancelled', closedAt: NINE });
  const { services } = office;
  expect(await deliver(ana, { type: 'ticket.cancel', ticketId: id })).toMatchObject(refused('WRONG_STATE'));
  expect(await deliver(ana, { type: 'ticket.requeue', ticketId: id })).toMatchObject(refused('WRONG_STATE'));
  const transfer = { type: 'ticket.transfer', ticketId: id, serviceId: services.ventas, comment: '' } as const;
  expect(await deliver(ana, transfer)).toMatchObject(refused('WRONG_STATE'));
  expect(await deliver(ana, { type: 'ticket.call', ticketId: id, attentionId: uuidv7() })).toMatchObject(
    refused('WRONG_STATE'),
  );
});

test('[S2-13] [T11] a waiting ticket is transferred with its clock, one in hand is its holder’s', async () => {
  const { id } = await issue(office);
  server.clock.now += 600_000;
  const transfer = (serviceId: string) => ({ type: 'ticket.transfer', ticketId: id, serviceId, comment: 'x' }) as const;
  expect(await deliver(ana, transfer(office.services.reclamos))).toMatchObject(accepted);
  expect(await headerOf(office, id)).toMatchObject({
    serviceId: office.services.reclamos,
    transferredFrom: office.services.caja,
    waitingSince: NINE,
    turnCode: 'C-001',
  });
  // It is no longer in a line of hers.
  for (const type of ['ticket.requeue', 'ticket.cancel'] as const) {
    expect(await deliver(ana, { type, ticketId: id })).toMatchObject(refused('FORBIDDEN'));
  }
  expect(await deliver(ana, transfer(office.services.caja))).toMatchObject(refused('FORBIDDEN'));
  const carla = await newAgent(office, { firstName: 'Carla', main: ['reclamos'] });
  expect(await deliver(carla, transfer(office.services.reclamos))).toMatchObject(refused('WRONG_STATE'));
  const luis = await newAgent(office, { firstName: 'Luis', main: ['reclamos'] });
  await call(luis, id);
  expect(await deliver(carla, transfer(office.services.ventas))).toMatchObject({
    status: 'refused',
    error: { code: 'ALREADY_HELD', detail: luis.name },
  });
  expect(await deliver(carla, { type: 'ticket.requeue', ticketId: id })).toMatchObject(refused('WRONG_STATE'));
  expect(await deliver(carla, { type: 'ticket.cancel', ticketId: id })).toMatchObject(refused('WRONG_STATE'));
});
