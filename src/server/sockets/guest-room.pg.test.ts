import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Signal } from '../../protocol/video/signal.ts';
import { newSecret } from '../sessions/secrets.ts';
import { guestCookie } from '../sessions/guest-cookie.ts';
import { call, deliver, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { openServer, type TestServer } from '../testing/open-server.ts';
import { connectDesk, openDoors, openSocket, type Doorway, type SocketClient } from '../testing/socket-client.ts';
import { Rooms } from '../video/rooms.ts';
import { startRoomWire } from '../video/start-room-wire.ts';
import { createGuestLink, enterVideo, revokeLink } from '../video/guest-links.ts';

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
  ana = await newAgent(office, { main: ['asesoria'] });
});
afterEach(() => doorway.close());

interface Guest {
  token: string;
  browser: string;
}
const sessionOf = (agent: TestAgent) => ({
  agentId: agent.id,
  companyId: agent.office.companyId,
  deviceId: agent.deviceId,
  id: agent.sessionId,
});
const olga = {
  documentType: 'CC',
  documentNumber: '1020304050',
  firstName: 'Olga',
  lastName: 'Zapatoca',
  phone: '3001234567',
};
const virtual = () => issue(office, { service: 'asesoria', kind: 'virtual', contact: olga });
const enter = async (ticketId: string): Promise<Guest> => {
  const { url } = await createGuestLink(server.context, sessionOf(ana), ticketId);
  const guest = { token: url.split('#')[1]!, browser: newSecret() };
  await enterVideo(server.context, guest.token, guest.browser);
  return guest;
};
const openPage = async ({ token, browser }: Guest, at = doorway): Promise<SocketClient> => {
  const cookie = guestCookie(browser).split(';')[0]!;
  const page = await openSocket(at, 'public', { origin: 'http://ventanilla.test', cookie });
  page.send({ type: 'watchVideo', token });
  return page;
};
const ask = (session: number): Signal => ({ session, data: { type: 'ask' } });
const refused = (code: string) => (frame: { error: { code: string } }) => frame.error.code === code;

test('[S2-34] [T1] a guest waits alone; calling them is their admission, and each hears what the other says', async () => {
  const { id: ticketId } = await virtual();
  const guest = await openPage(await enter(ticketId));
  expect((await guest.frame('video')).state).toMatchObject({ phase: 'waiting', ahead: 0, agentName: null });
  const desk = await connectDesk(doorway, ana);
  desk.send({ type: 'joinRoom', ticketId });
  await desk.frame('error', refused('NOT_FOUND'));
  guest.send({ type: 'signal', signal: ask(1) });

  await call(ana, ticketId);
  const called = await guest.frame('video', ({ state }) => state.phase === 'calling');
  expect(called.state).toMatchObject({ agentName: 'Ana', ahead: null });
  expect(await guest.frame('room')).toMatchObject({ isOtherHere: false });
  desk.send({ type: 'joinRoom', ticketId });
  expect(await desk.frame('room')).toEqual({ type: 'room', ticketId, isOtherHere: true });
  await guest.frame('room', ({ isOtherHere }) => isOtherHere);
  desk.send({ type: 'signal', ticketId, signal: ask(2) });
  await guest.frame('signal', ({ signal }) => signal.session === 2);
  guest.send({ type: 'signal', signal: ask(2) });
  await desk.frame('signal', ({ signal }) => signal.session === 2);
  // What was said before the call went nowhere.
  expect(desk.frames.filter(({ type }) => type === 'signal')).toHaveLength(1);
});

test('[S2-36] when the agent ends the attention the guest is told, and nobody hears anybody', async () => {
  const { id: ticketId } = await virtual();
  const guest = await openPage(await enter(ticketId));
  const quoted = await call(ana, ticketId);
  const desk = await connectDesk(doorway, ana);
  desk.send({ type: 'joinRoom', ticketId });
  await desk.frame('room', ({ isOtherHere }) => isOtherHere);
  await deliver(ana, { type: 'attention.begin', ...quoted });
  await deliver(ana, { type: 'attention.finish', ...quoted });
  await guest.frame('video', ({ state }) => state.phase === 'finished');
  guest.send({ type: 'signal', signal: ask(9) });
  guest.send({ type: 'ping' });
  await guest.frame('pong');
  desk.send({ type: 'ping' });
  await desk.frame('pong');
  expect(desk.frames.filter(({ type }) => type === 'signal')).toEqual([]);
});

test('[T1] whoever did not enter sees nothing: without the cookie, with that of another browser, with another token', async () => {
  const { id } = await virtual();
  const guest = await enter(id);
  for (const wrong of [
    { ...guest, browser: newSecret() },
    { ...guest, browser: '' },
    { ...guest, token: newSecret() },
  ]) {
    const page = await openPage(wrong);
    await page.frame('error', refused('LINK_INVALID'));
    expect(page.frames.map(({ type }) => type)).toEqual(['error']);
  }
});

test('[T1] a guest whose link is revoked is out at once', async () => {
  const { id: ticketId } = await virtual();
  const guest = await openPage(await enter(ticketId));
  await guest.frame('video');
  await call(ana, ticketId);
  const desk = await connectDesk(doorway, ana);
  desk.send({ type: 'joinRoom', ticketId });
  await desk.frame('room', ({ isOtherHere }) => isOtherHere);
  await revokeLink(server.context, sessionOf(ana), ticketId);
  expect((await guest.frame('error', refused('LINK_INVALID'))).error.retryable).toBe(false);
  await desk.frame('room', ({ isOtherHere }) => !isOtherHere);
});

test('[B62] another tab of the same browser takes the session with it', async () => {
  const { id: ticketId } = await virtual();
  const guest = await enter(ticketId);
  await call(ana, ticketId);
  const first = await openPage(guest);
  await first.frame('room');
  const second = await openPage(guest);
  await second.frame('room');
  expect(await first.closed).toEqual([4409, 'moved']);
});

test('[B79] [T12] no second agent comes into a room: not who never held the ticket, nor who does not any more', async () => {
  const { id: ticketId } = await virtual();
  const eva = await newAgent(office, { firstName: 'Eva', main: ['asesoria'] });
  const guest = await openPage(await enter(ticketId));
  const quoted = await call(ana, ticketId);
  const [desk, other] = [await connectDesk(doorway, ana), await connectDesk(doorway, eva)];
  desk.send({ type: 'joinRoom', ticketId });
  await desk.frame('room', ({ isOtherHere }) => isOtherHere);
  other.send({ type: 'joinRoom', ticketId });
  await other.frame('error', refused('NOT_FOUND'));
  other.send({ type: 'signal', ticketId, signal: ask(7) });

  await deliver(ana, { type: 'attention.noShow', ...quoted, then: 'requeue' });
  await guest.frame('video', ({ state }) => state.phase === 'waiting' && state.agentName === null);
  await call(eva, ticketId);
  await guest.frame('video', ({ state }) => state.agentName === 'Eva');
  desk.send({ type: 'signal', ticketId, signal: ask(8) });
  other.send({ type: 'joinRoom', ticketId });
  await other.frame('room');
  other.send({ type: 'signal', ticketId, signal: ask(9) });
  await guest.frame('signal', ({ signal }) => signal.session === 9);
  expect(guest.frames.flatMap((frame) => (frame.type === 'signal' ? [frame.signal.session] : []))).toEqual([9]);
});

test('[T2] no frame of a guest’s page holds what is not theirs to know', async () => {
  const { id: ticketId } = await virtual();
  const guest = await openPage(await enter(ticketId));
  const quoted = await call(ana, ticketId);
  await deliver(ana, { type: 'note.add', ticketId, text: 'canario secreto' });
  await deliver(ana, { type: 'attention.begin', ...quoted });
  await deliver(ana, { type: 'attention.finish', ...quoted });
  await guest.frame('video', ({ state }) => state.phase === 'finished');
  const heard = JSON.stringify(guest.frames);
  const canaries = ['Olga', 'Zapatoca', '1020304050', '3001234567', 'Rojas', 'canario', ana.id, ana.sessionId];
  expect(canaries.filter((canary) => heard.includes(canary))).toEqual([]);
});

test('[T5] [B76] each side of a call gets credentials of its own for the relay', async () => {
  server.context.turn = { urls: ['turn:relay.test:3478'], secret: 'north', policy: 'relay' };
  try {
    const { id: ticketId } = await virtual();
    const guest = await openPage(await enter(ticketId));
    const { attentionId } = await call(ana, ticketId);
    const desk = await connectDesk(doorway, ana);
    desk.send({ type: 'joinRoom', ticketId });
    const [ofGuest, ofDesk] = [(await guest.frame('ice')).ice, (await desk.frame('ice')).ice];
    const expiresAt = server.clock.now + 600_000;
    expect(ofGuest).toMatchObject({ policy: 'relay', expiresAt });
    expect(ofGuest.servers[0]?.username).toBe(`${expiresAt / 1_000}:${ticketId}`);
    expect(ofDesk.servers[0]?.username).toBe(`${expiresAt / 1_000}:${attentionId}`);
    expect(JSON.stringify([guest.frames, desk.frames])).not.toContain('north');
  } finally {
    delete server.context.turn;
  }
});

test('[B68] [B74] what is no word between two peers is refused, ways that nobody may try are left out, and the room lives', async () => {
  const { id: ticketId } = await virtual();
  const guest = await openPage(await enter(ticketId));
  await call(ana, ticketId);
  const desk = await connectDesk(doorway, ana);
  desk.send({ type: 'joinRoom', ticketId });
  await desk.frame('room', ({ isOtherHere }) => isOtherHere);
  const sources = { version: 1, camera: null, microphone: null, screen: null, isSaving: false };
  const candidate = (address: string) => `candidate:1 1 udp 2122260223 ${address} 54321 typ host`;
  const say = (data: object) => guest.send({ type: 'signal', signal: { session: 1, data } });
  say({ type: 'offer', sdp: 'not SDP', sources });
  await guest.frame('error', refused('SIGNAL_INVALID'));
  for (const address of ['169.254.169.254', 'fe80::1', '192.168.1.20']) {
    say({ type: 'candidate', candidate: candidate(address), sdpMid: '0', sdpMLineIndex: 0 });
  }
  const heard = await desk.frame('signal');
  expect(heard.signal.data).toMatchObject({ candidate: candidate('192.168.1.20') });
  expect(desk.frames.filter(({ type }) => type === 'signal')).toHaveLength(1);
});

test('[R11] [S2-34] guest and agent may sit with two servers: each hears the other, long words too', async () => {
  const { context, database } = server;
  const rooms = [new Rooms(), new Rooms()] as const;
  const wires = rooms.map((each, index) =>
    startRoomWire({ url: database.url, rooms: each, log: context.log, processId: `process ${index}` }),
  );
  const doors = await Promise.all(rooms.map((each) => openDoors(server, { rooms: each })));
  try {
    const { id: ticketId } = await virtual();
    const guest = await openPage(await enter(ticketId), doors[0]);
    await call(ana, ticketId);
    const desk = await connectDesk(doors[1]!, ana);
    desk.send({ type: 'joinRoom', ticketId });
    await desk.frame('room', ({ isOtherHere }) => isOtherHere);
    await guest.frame('room', ({ isOtherHere }) => isOtherHere);
    for (let session = 1; session <= 20; session += 1) guest.send({ type: 'signal', signal: ask(session) });
    await desk.frame('signal', ({ signal }) => signal.session === 20);
    const heard = desk.frames.flatMap((frame) => (frame.type === 'signal' ? [frame.signal.session] : []));
    expect(heard).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    const sources = { version: 1, camera: null, microphone: null, screen: null, isSaving: false };
    const long: Signal = { session: 21, data: { type: 'offer', sdp: 'v=0 ñ'.repeat(10_000), sources } };
    rooms[0].tellFar({ ticketId, side: 'guest', word: { type: 'signal', signal: long } });
    expect((await desk.frame('signal', ({ signal }) => signal.session === 21)).signal).toEqual(long);
    guest.socket.close();
    await desk.frame('room', ({ isOtherHere }) => !isOtherHere);
  } finally {
    for (const each of doors) await each.close();
    for (const wire of wires) await wire.stop();
  }
});
