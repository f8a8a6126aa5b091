import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, deliver, headerOf, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestOffice } from '../testing/office-factory.ts';
import { NINE, openServer, type TestServer } from '../testing/open-server.ts';
import { readServices } from '../store/service-rows.ts';
import { readPlaces } from './read-place.ts';

const MINUTE = 60_000;

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

async function placeOf(office: TestOffice, ticketId: string) {
  const { db } = server.context.store;
  const services = await readServices(db, office.branch.id);
  const header = await headerOf(office, ticketId);
  const places = await readPlaces(db, { branch: office.branch, services, headers: [header], now: server.clock.now });
  const place = places.get(header.id);
  if (!place) throw new Error('it does not wait');
  return place;
}

test('[QU8] the range is of the last thirty waits of the service at that hour of the branch’s day', async () => {
  const office = await newOffice(server);
  const ana = await newAgent(office);
  const wait = async (minutes: number, at: number): Promise<void> => {
    server.clock.now = at - minutes * MINUTE;
    const { id } = await issue(office);
    server.clock.now = at;
    await deliver(ana, { type: 'attention.noShow', ...(await call(ana, id)), then: 'cancel' });
  };
  // Yesterday at ten the waits were longer; they say nothing of nine.
  for (let index = 0; index < 5; index += 1) await wait(300, NINE - 23 * 60 * MINUTE + index * MINUTE);
  for (let index = 1; index <= 30; index += 1) await wait(index, NINE - 24 * 60 * MINUTE + index * MINUTE);
  server.clock.now = NINE;
  const { id } = await issue(office);
  expect(await placeOf(office, id)).toEqual({ ahead: 0, range: { low: 6, high: 24 } });
});

test('[QU8] a wait counts for the service whose line it was, though the ticket was passed on later', async () => {
  const office = await newOffice(server);
  const ana = await newAgent(office, { main: ['caja', 'ventas'] });
  for (let index = 0; index < 30; index += 1) {
    server.clock.now = NINE - 50 * MINUTE;
    const { id } = await issue(office);
    server.clock.now = NINE + index * 1_000;
    const quoted = await call(ana, id);
    await deliver(ana, { type: 'attention.begin', ...quoted });
    const transfer = { type: 'attention.transfer', serviceId: office.services.ventas, comment: '' } as const;
    await deliver(ana, { ...transfer, ...quoted });
    await deliver(ana, { type: 'ticket.cancel', ticketId: id });
  }
  const [caja, ventas] = [await issue(office), await issue(office, { service: 'ventas' })];
  expect((await placeOf(office, caja.id)).range).toEqual({ low: 50, high: 50 });
  expect((await placeOf(office, ventas.id)).range).toEqual({ low: 0, high: 5 });
  server.clock.now = NINE;
});

test('[QU8] with a short history the range comes of people, minutes and agents; with nobody serving there is none', async () => {
  const office = await newOffice(server);
  for (let index = 0; index < 4; index += 1) await issue(office);
  const last = await issue(office);
  expect(last).toMatchObject({ position: 5, range: null });
  await newAgent(office);
  await newAgent(office, { main: [], support: ['caja'] });
  await newAgent(office, { state: 'lunch' });
  await newAgent(office, { main: ['ventas'] });
  expect(await placeOf(office, last.id)).toEqual({ ahead: 4, range: { low: 5, high: 15 } });
});

test('[QU6] people ahead are counted in the line of the service by the same rule', async () => {
  const office = await newOffice(server);
  const normal = await issue(office);
  await issue(office, { service: 'ventas' });
  server.clock.now += MINUTE;
  const preferente = await issue(office, { priority: 'preferente' });
  server.clock.now += 10 * MINUTE;
  expect((await placeOf(office, preferente.id)).ahead).toBe(0);
  expect((await placeOf(office, normal.id)).ahead).toBe(1);
  server.clock.now = NINE;
});
