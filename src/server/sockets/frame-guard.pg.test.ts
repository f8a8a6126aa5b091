import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { newAgent, newOffice, type TestAgent } from '../testing/office-factory.ts';
import { NINE, openServer, type TestServer } from '../testing/open-server.ts';
import {
  connectDesk,
  openDesk,
  openDoors,
  openSocket,
  type Doorway,
  type SocketClient,
} from '../testing/socket-client.ts';
import { spanish } from '../../texts/spanish.ts';

let server: TestServer;
let doorway: Doorway;
let ana: TestAgent;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  doorway = await openDoors(server);
  ana = await newAgent(await newOffice(server), { isConnected: false });
});
afterEach(() => doorway.close());

const badFrame = {
  type: 'error',
  error: {
    code: 'BAD_FRAME',
    title: spanish.errors.BAD_FRAME,
    retryable: false,
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  },
};

test('[B11] [T15] a bad frame is answered, the tenth closes with 1008, and the server goes on', async () => {
  const client = await openDesk(doorway, ana);
  const bad = [
    'not json',
    '{"type":"ping"',
    Buffer.from('{"type":"ping"}'),
    '[]',
    'null',
    '{"type":"base"}',
    '{"type":"ping","role":"admin"}',
    '{"type":"constructor"}',
    '{"type":"authenticate","protocol":1,"ticket":{"$ne":""},"cursors":{}}',
    '{"type":"authenticate","protocol":1,"ticket":"x","cursors":{"branch:x":1}}',
  ];
  for (const frame of bad) client.send(frame);
  expect(await client.closed).toEqual([1008, 'bad frames']);
  // Nothing of what was sent, and nothing of the inside, is given back.
  expect(client.frames).toEqual(bad.map(() => badFrame));
  await connectDesk(doorway, ana);
});

test('pings are answered with the server’s time, before and after a desk has said who it is', async () => {
  const client = await openDesk(doorway, ana);
  client.send({ type: 'ping' });
  expect(await client.frame('pong')).toEqual({ type: 'pong', serverTime: NINE });
  const desk = await connectDesk(doorway, ana);
  desk.send({ type: 'ping' });
  await desk.frame('pong');
});

test('[B17] a flood is told to wait and closed with 1013', async () => {
  const client = await openDesk(doorway, ana);
  for (let index = 0; index < 500; index += 1) client.send({ type: 'ping' });
  expect(await client.closed).toEqual([1013, 'too many frames']);
  expect(client.frames.at(-1)).toMatchObject({ type: 'error', error: { code: 'TOO_MANY_REQUESTS', retryable: true } });
  const pongs = client.frames.filter(({ type }) => type === 'pong');
  expect(pongs.length).toBeLessThanOrEqual(100);
});

test('[B17] a flood of protocol pings is one too', async () => {
  const client = await openDesk(doorway, ana);
  for (let index = 0; index < 500; index += 1) client.socket.ping();
  expect((await client.closed)[0]).toBe(1013);
});

test('[B13] a frame that is too large closes with 1009, whole or in fragments', async () => {
  const whole = await openDesk(doorway, ana);
  whole.send('x'.repeat(2 * 1024 * 1024));
  expect((await whole.closed)[0]).toBe(1009);
  const pieces = await openDesk(doorway, ana);
  for (let index = 0; index < 16; index += 1) pieces.socket.send('x'.repeat(64 * 1024), { fin: false });
  expect((await pieces.closed)[0]).toBe(1009);
});

test('[B19] text that is not UTF-8 closes with 1007', async () => {
  const client = await openDesk(doorway, ana);
  client.socket.send(Buffer.from([0x22, 0xff, 0xfe, 0x22]), { binary: false });
  expect((await client.closed)[0]).toBe(1007);
  const surrogate = await openDesk(doorway, ana);
  surrogate.socket.send(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), { binary: false });
  expect((await surrogate.closed)[0]).toBe(1007);
});

test('[B19] a lone surrogate written as an escape is text like any other, and no ticket of ours', async () => {
  const client = await openDesk(doorway, ana);
  client.send(String.raw`{"type":"authenticate","protocol":1,"ticket":"\ud800","cursors":{}}`);
  expect(await client.closed).toEqual([4401, 'expired']);
});

test('[B11] [B13] [B17] [B19] the customers’ door is guarded in the same way', async () => {
  const open = (): Promise<SocketClient> => openSocket(doorway, 'public', { origin: 'http://ventanilla.test' });
  const [wrong, large, flood, broken] = [await open(), await open(), await open(), await open()];
  for (let index = 0; index < 10; index += 1) wrong.send(Buffer.from('{"type":"ping"}'));
  large.send('x'.repeat(2 * 1024 * 1024));
  for (let index = 0; index < 500; index += 1) flood.send({ type: 'ping' });
  broken.socket.send(Buffer.from([0xff]), { binary: false });
  const codes = (await Promise.all([wrong, large, flood, broken].map(({ closed }) => closed))).map(([code]) => code);
  expect(codes).toEqual([1008, 1009, 1013, 1007]);
  expect(flood.frames.at(-1)).toMatchObject({ error: { code: 'TOO_MANY_REQUESTS' } });
});

test('a socket that breaks without a word leaves nothing behind', async () => {
  const client = await connectDesk(doorway, ana);
  client.socket.terminate();
  await client.closed;
  await expect.poll(() => doorway.sockets.desks.count()).toBe(0);
});
