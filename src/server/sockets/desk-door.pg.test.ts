import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { revokeDevice } from '../store/device-rows.ts';
import { newAgent, newOffice, type TestAgent } from '../testing/office-factory.ts';
import { NINE, openServer, type TestServer } from '../testing/open-server.ts';
import { connectDesk, openDesk, openDoors, openSocket, ticketOf, type Doorway } from '../testing/socket-client.ts';
import { setConnected } from './set-connected.ts';

let server: TestServer;
let doorway: Doorway;
let ana: TestAgent;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.now = NINE;
  doorway = await openDoors(server);
  ana = await newAgent(await newOffice(server), { isConnected: false });
});
afterEach(() => doorway.close());

const authenticate = (ticket: string, protocol = 1) => ({ type: 'authenticate', protocol, ticket, cursors: {} });

test('[T14] a handshake with any Origin is 403: a desk is no page', async () => {
  const authorization = `Device ${ana.deviceKey}`;
  for (const origin of [
    'http://ventanilla.test',
    `http://127.0.0.1:${doorway.port}`,
    'null',
    'https://evil.test',
    '',
  ]) {
    await expect(openSocket(doorway, 'desk', { authorization, origin })).rejects.toThrow('403');
  }
});

test('[T14] without a good device key it is 401', async () => {
  const [id] = ana.deviceKey.split('.');
  const other = await newAgent(ana.office);
  const secret = other.deviceKey.split('.')[1];
  for (const authorization of [
    '',
    'Device',
    `Device ${id}.${secret}`,
    `Bearer ${ana.deviceKey}`,
    `Device ${ana.office.deviceKey}`,
  ]) {
    await expect(openSocket(doorway, 'desk', { authorization })).rejects.toThrow('401');
  }
  await expect(openSocket(doorway, 'desk')).rejects.toThrow('401');
});

test('[T13] [T10] a desk that was revoked is 403, which is told to its own key alone', async () => {
  await server.context.store.db.transaction().execute((tx) => revokeDevice(tx, ana.deviceId, NINE));
  await expect(openDesk(doorway, ana)).rejects.toThrow('403');
  const other = await newAgent(ana.office);
  const authorization = `Device ${ana.deviceId}.${other.deviceKey.split('.')[1]}`;
  await expect(openSocket(doorway, 'desk', { authorization })).rejects.toThrow('401');
});

test('there is no other door', async () => {
  for (const path of ['', 'other', '//']) {
    await expect(openSocket(doorway, path as never)).rejects.toThrow('404');
  }
});

test('[T14] [B14] a socket ticket is good once, for thirty seconds, on its own desk', async () => {
  const colleague = await newAgent(ana.office);
  const used = await ticketOf(server, ana);
  const first = await openDesk(doorway, ana);
  first.send(authenticate(used));
  await first.frame('welcome');
  const late = await ticketOf(server, ana);
  const foreign = await ticketOf(server, ana);
  const tries: [string, TestAgent][] = [
    [used, ana],
    ['', ana],
    ['x'.repeat(43), ana],
    [foreign, colleague],
  ];
  for (const [ticket, agent] of tries) {
    const client = await openDesk(doorway, agent);
    client.send(authenticate(ticket));
    expect(await client.closed).toEqual([4401, 'expired']);
    expect(client.frames).toEqual([]);
  }
  server.clock.now += 30_000;
  const client = await openDesk(doorway, ana);
  client.send(authenticate(late));
  expect(await client.closed).toEqual([4401, 'expired']);
});

test('[B14] a desk that has not said who it is within ten seconds is let go with 4401, whatever else it says', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const [silent, talking] = [await openDesk(doorway, ana), await openDesk(doorway, ana)];
    vi.advanceTimersByTime(9_999);
    // What only a desk that is known may ask for goes over HTTP: here it is no frame at all.
    talking.send({ type: 'ticket.claim', ticketId: uuidv7() });
    expect((await talking.frame('error')).error.code).toBe('BAD_FRAME');
    talking.send({ type: 'ping' });
    await talking.frame('pong');
    vi.advanceTimersByTime(1);
    expect(await Promise.all([silent.closed, talking.closed])).toEqual([
      [4401, 'no first frame'],
      [4401, 'no first frame'],
    ]);
  } finally {
    vi.useRealTimers();
  }
});

test('a desk that speaks an older protocol than any of ours is told so', async () => {
  const client = await openDesk(doorway, ana);
  client.send({ ...authenticate(await ticketOf(server, ana)), protocol: 0 });
  // No version is 0: it is not even a frame of ours.
  expect(await client.frame('error')).toMatchObject({ error: { code: 'BAD_FRAME' } });
});

test('[T13] an ended session’s socket is closed with 4401 within five seconds, at every server', async () => {
  const other = await openServer({ beside: server });
  const otherDoorway = await openDoors(other);
  const luis = await newAgent(ana.office, { firstName: 'Luis' });
  const stays = await newAgent(ana.office, { firstName: 'Marta' });
  const clients = [await connectDesk(doorway, ana), await connectDesk(otherDoorway, luis)];
  const open = await connectDesk(otherDoorway, stays);
  await server.context.store.db
    .updateTable('session')
    .set({ ended_at: new Date(NINE), end_cause: 'revoked' })
    .where('agent_id', 'in', [ana.id, luis.id])
    .execute();
  const endedAt = performance.now();
  expect(await Promise.all(clients.map(({ closed }) => closed))).toEqual([
    [4401, 'revoked'],
    [4401, 'revoked'],
  ]);
  expect(performance.now() - endedAt).toBeLessThan(5_000);
  expect(open.socket.readyState).toBe(open.socket.OPEN);
  await otherDoorway.close();
  await other.close();
});

const connectionOf = async (agent: TestAgent): Promise<string | null> =>
  (
    await server.context.store.db
      .selectFrom('agent_status')
      .select('connection_id')
      .where('agent_id', '=', agent.id)
      .executeTakeFirstOrThrow()
  ).connection_id;

test('[R7] a socket that does not answer the goodbye is gone all the same once the desk has another', async () => {
  const dead = await connectDesk(doorway, ana);
  dead.socket.pause();
  await connectDesk(doorway, ana);
  expect(doorway.sockets.desks.count()).toBe(1);
  await expect.poll(() => doorway.sockets.clients(), { timeout: 15_000 }).toBe(1);
  dead.socket.resume();
});

test('a second socket of one desk takes over from the first', async () => {
  const first = await connectDesk(doorway, ana);
  const second = await connectDesk(doorway, ana);
  expect(await first.closed).toEqual([4409, 'replaced']);
  expect(doorway.sockets.desks.count()).toBe(1);
  second.send({ type: 'ping' });
  await second.frame('pong');
});

test('a desk that is back on another socket is not marked gone by the old one', async () => {
  const [old, next] = [uuidv7(), uuidv7()];
  const mark = (connectionId: string, isHere: boolean): Promise<void> =>
    setConnected(server.context, { agentId: ana.id, branchId: ana.office.branch.id, connectionId }, isHere);
  await mark(old, true);
  await mark(next, true);
  await mark(old, false);
  expect(await connectionOf(ana)).toBe(next);
  await mark(next, false);
  expect(await connectionOf(ana)).toBeNull();
});

test('a desk that was marked as gone, for whatever reason, is let go, to connect anew', async () => {
  const client = await connectDesk(doorway, ana);
  await expect.poll(() => connectionOf(ana)).not.toBeNull();
  await server.context.store.db
    .updateTable('agent_status')
    .set({ connection_id: null })
    .where('agent_id', '=', ana.id)
    .execute();
  expect(await client.closed).toEqual([1013, 'marked as gone']);
});

test('[R8] a server that stops closes with 1012', async () => {
  const client = await connectDesk(doorway, ana);
  const stopped = doorway.sockets.stop();
  expect(await client.closed).toEqual([1012, 'restart']);
  await stopped;
});

test('a desk that is gone before its ticket was looked at is not marked as here, now or later', async () => {
  const mayAnswer = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const slow = await openDoors(server, {
    redeem: async () => {
      asked.resolve();
      await mayAnswer.promise;
      const { id: agentId, sessionId, office } = ana;
      return { agentId, sessionId, companyId: office.companyId, branchId: office.branch.id };
    },
  });
  const client = await openDesk(slow, ana);
  client.send(authenticate('x'));
  await asked.promise;
  client.socket.terminate();
  await client.closed;
  // Its end has reached the server once the door knows of no socket any more.
  await expect.poll(() => slow.sockets.clients()).toBe(0);
  mayAnswer.resolve();
  await slow.close();
  expect(slow.sockets.desks.count()).toBe(0);
  expect(await connectionOf(ana)).toBeNull();
});
