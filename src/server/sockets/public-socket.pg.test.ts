import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { english } from '../../texts/english.ts';
import { portuguese } from '../../texts/portuguese.ts';
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

const openPage = (headers: Record<string, string> = {}): Promise<SocketClient> =>
  openSocket(doorway, 'public', { origin: 'http://ventanilla.test', ...headers });
const watchDisplay = async ({ branch }: TestOffice): Promise<SocketClient> => {
  const page = await openPage();
  page.send({ type: 'watchDisplay', branch: branch.slug });
  await page.frame('display');
  return page;
};
const watchTurn = async ({ turnUrl }: { turnUrl: string }): Promise<SocketClient> => {
  const page = await openPage();
  page.send({ type: 'watchTurn', token: turnUrl.split('#')[1]! });
  await page.frame('turn');
  return page;
};

test('[T14] only pages of our own address are let in', async () => {
  const foreign = [
    'https://evil.test',
    'null',
    'http://ventanilla.test.evil.test',
    'https://ventanilla.test',
    'http://ventanilla.test:81',
    `http://127.0.0.1:${doorway.port + 1}`,
  ];
  for (const origin of foreign) await expect(openSocket(doorway, 'public', { origin })).rejects.toThrow('403');
  await expect(openSocket(doorway, 'public')).rejects.toThrow('403');
  const ours = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `http://${name}:${doorway.port}`);
  for (const origin of ['http://ventanilla.test', ...ours]) {
    const client = await openSocket(doorway, 'public', { origin });
    client.send({ type: 'ping' });
    await client.frame('pong');
  }
});

test('[T14] a page of a name that was bound to this machine anew is not let in, though Host says the same', async () => {
  const host = `rebound.evil.test:${doorway.port}`;
  await expect(openSocket(doorway, 'public', { host, origin: `http://${host}` })).rejects.toThrow('403');
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

test('[B38] a NUL in the name of a branch finds none, and is no failure of ours', async () => {
  const page = await openPage();
  page.send({ type: 'watchDisplay', branch: 'pla\u0000za' });
  expect((await page.frame('error')).error.code).toBe('NOT_FOUND');
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

test('an error is told in the words of the reader, with an id of its own', async () => {
  const pages = [await openPage({ 'accept-language': 'pt-BR,en;q=0.5' }), await openPage({ 'accept-language': 'en' })];
  for (const page of pages) page.send({ type: 'watchDisplay', branch: 'no-such' });
  const errors = await Promise.all(pages.map(async (page) => (await page.frame('error')).error));
  expect(errors.map(({ title }) => title)).toEqual([portuguese.errors.NOT_FOUND, english.errors.NOT_FOUND]);
  const ids = errors.map(({ requestId }) => requestId);
  expect(new Set(ids).size).toBe(2);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/);
});

test('[T31] a page that watches nothing within 10 s, or only what does not exist, is let go', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const [silent, wrong, watching] = [await openPage(), await openPage(), await openPage()];
    wrong.send({ type: 'watchTurn', token: 'x'.repeat(43) });
    await wrong.frame('error');
    watching.send({ type: 'watchDisplay', branch: office.branch.slug });
    await watching.frame('display');
    vi.advanceTimersByTime(9_999);
    for (const page of [silent, wrong]) {
      page.send({ type: 'ping' });
      await page.frame('pong');
    }
    vi.advanceTimersByTime(1);
    expect(await Promise.all([silent.closed, wrong.closed])).toEqual([
      [1008, 'nothing watched'],
      [1008, 'nothing watched'],
    ]);
    watching.send({ type: 'ping' });
    await watching.frame('pong');
  } finally {
    vi.useRealTimers();
  }
});

test('[T31] a change costs the database the same for forty phones and displays as for two', async () => {
  /** Connections taken from the pool, which is one for each query or transaction, until all have seen the call. */
  const costOfCall = async (phones: number, displays: number): Promise<number> => {
    const there = await newOffice(server);
    const agent = await newAgent(there);
    const called = await issue(there);
    const turns = [];
    for (let index = 0; index < phones; index += 1) turns.push(await issue(there));
    const pages = [
      ...(await Promise.all(turns.map(watchTurn))),
      ...(await Promise.all(Array.from({ length: displays }, () => watchDisplay(there)))),
    ];
    let taken = 0;
    const count = (): void => void (taken += 1);
    server.context.store.pool.on('acquire', count);
    await call(agent, called.id);
    await Promise.all(
      pages.map((page, index) =>
        index < phones
          ? page.frame('turn', ({ state }) => state.ahead === index)
          : page.frame('display', ({ state }) => state.calls.length === 1),
      ),
    );
    server.context.store.pool.off('acquire', count);
    return taken;
  };
  const few = await costOfCall(1, 1);
  const many = await costOfCall(35, 5);
  // A look more, where the call falls into a pause; not 38 more.
  expect(many).toBeLessThan(few + 30);
});

test('[B11] a desk’s frame is none of a page’s', async () => {
  const page = await openPage();
  page.send({ type: 'authenticate', protocol: 1, ticket: 'x', cursors: {} });
  expect((await page.frame('error')).error.code).toBe('BAD_FRAME');
});
