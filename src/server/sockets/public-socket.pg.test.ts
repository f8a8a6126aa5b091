import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { call, deliver, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { openServer, type TestServer } from '../testing/open-server.ts';
import { openDoors, openSocket, type Doorway, type SocketClient } from '../testing/socket-client.ts';

const olga = {
  documentType: 'CC',
  documentNumber: '1020304050',
  firstName: 'Olga',
  lastName: 'Zapatoca',
  phone: '3001234567',
};

let server: TestServer;
let doorway: Doorway;
let office: TestOffice;
let ana: TestAgent;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  doorway = await openDoors(server);
  office = await newOffice(server);
  ana = await newAgent(office);
});
afterEach(() => doorway.close());

const openPage = (): Promise<SocketClient> => openSocket(doorway, 'public', { origin: 'http://ventanilla.test' });

test('[T14] only pages of our own address are let in', async () => {
  const foreign = [
    'https://evil.test',
    'null',
    'http://ventanilla.test.evil.test',
    'https://ventanilla.test',
    'http://ventanilla.test:81',
  ];
  for (const origin of foreign) await expect(openSocket(doorway, 'public', { origin })).rejects.toThrow('403');
  await expect(openSocket(doorway, 'public')).rejects.toThrow('403');
  for (const origin of ['http://ventanilla.test', `http://127.0.0.1:${doorway.port}`]) {
    const client = await openSocket(doorway, 'public', { origin });
    client.send({ type: 'ping' });
    await client.frame('pong');
  }
});

test('[S2-55] a display shows each call and recall as it is made', async () => {
  const page = await openPage();
  page.send({ type: 'watchDisplay', branch: office.branch.slug });
  expect((await page.frame('display')).state).toMatchObject({ branchName: 'Sucursal Centro', calls: [] });
  const quoted = await call(ana, (await issue(office)).id);
  const first = await page.frame('display', ({ state }) => state.calls.length === 1);
  server.clock.now += 15_000;
  await deliver(ana, { type: 'attention.recall', ...quoted });
  const isOther = ({ state }: typeof first) =>
    state.calls.length === 1 && state.calls[0]!.id !== first.state.calls[0]!.id;
  expect((await page.frame('display', isOther)).state.calls).toMatchObject([{ code: 'C-001', moduleName: 'Módulo 1' }]);
});

test('a customer’s page shows their own turn as it moves', async () => {
  const issued = await issue(office, { contact: olga });
  const page = await openPage();
  page.send({ type: 'watchTurn', token: issued.turnUrl.split('#')[1]! });
  expect((await page.frame('turn')).state).toMatchObject({ state: 'waiting', code: 'C-001', ahead: 0 });
  await call(ana, issued.id);
  const called = await page.frame('turn', ({ state }) => state.state === 'calling');
  expect(called.state.moduleName).toBe('Módulo 1');
});

test('[T21] no frame of a public page holds a customer’s or an agent’s data', async () => {
  const issued = await issue(office, { contact: olga });
  const [display, turn] = [await openPage(), await openPage()];
  display.send({ type: 'watchDisplay', branch: office.branch.slug });
  turn.send({ type: 'watchTurn', token: issued.turnUrl.split('#')[1]! });
  await Promise.all([display.frame('display'), turn.frame('turn')]);
  const quoted = await call(ana, issued.id);
  await deliver(ana, { type: 'note.add', ticketId: issued.id, text: 'canario secreto' });
  await deliver(ana, { type: 'attention.begin', ...quoted });
  await deliver(ana, { type: 'attention.finish', ...quoted });
  await turn.frame('turn', ({ state }) => state.state === 'finished');
  await display.frame('display', ({ state }) => state.calls.length === 1);
  const heard = JSON.stringify([display.frames, turn.frames]);
  for (const canary of [
    'Olga',
    'Zapatoca',
    '1020304050',
    '4050',
    '3001234567',
    'secreto',
    'Ana',
    'Rojas',
    ana.id,
    issued.id,
  ]) {
    expect(heard).not.toContain(canary);
  }
});

test('what does not exist is not found, and a page watches one thing', async () => {
  const page = await openPage();
  page.send({ type: 'watchDisplay', branch: 'no-such' });
  expect((await page.frame('error')).error.code).toBe('NOT_FOUND');
  page.send({ type: 'watchDisplay', branch: office.branch.slug });
  page.send({ type: 'ping' });
  await page.frame('pong');
  expect(page.frames.map(({ type }) => type)).toEqual(['error', 'pong']);
  const turn = await openPage();
  turn.send({ type: 'watchTurn', token: 'x'.repeat(43) });
  expect((await turn.frame('error')).error.code).toBe('NOT_FOUND');
});

test('[B11] a desk’s frame is none of a page’s', async () => {
  const page = await openPage();
  page.send({ type: 'authenticate', protocol: 1, ticket: 'x', cursors: {} });
  expect((await page.frame('error')).error.code).toBe('BAD_FRAME');
});
