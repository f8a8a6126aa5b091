import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Signal } from '../../protocol/video/signal.ts';
import { newSecret } from '../sessions/secrets.ts';
import { guestCookie } from '../sessions/guest-cookie.ts';
import { attend, call, deliver, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { openServer, type TestServer } from '../testing/open-server.ts';
import { connectDesk, openDoors, openSocket, type Doorway, type SocketClient } from '../testing/socket-client.ts';
import { agentSide, Rooms } from '../video/rooms.ts';
import { readTicket } from '../store/ticket-rows.ts';
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
afterEach(async () => {
  delete server.context.candidatesDropped;
  await doorway.close();
});

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
/** Of which agent's side a word to the guest is. */
const agentOf = (frame: object): unknown => ('attentionId' in frame ? frame.attentionId : undefined);
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

const sdpOf = (fingerprint: string): string =>
  [
    'v=0',
    'o=- 1 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'c=IN IP4 0.0.0.0',
    'a=ice-ufrag:abcd',
    'a=rtpmap:111 opus/48000/2',
    `a=fingerprint:sha-256 ${fingerprint}`,
    '',
  ].join('\r\n');
const described = (session: number, type: 'offer' | 'answer', fingerprint: string): Signal => ({
  session,
  data: {
    type,
    sdp: sdpOf(fingerprint),
    sources: { version: 1, camera: null, microphone: null, screen: null, isSaving: false },
  },
});

test.each(['agent', 'guest'] as const)(
  '[B70] a key that changes in mid-call drops it for both, and the timeline says in whose signal it was seen: %s',
  async (side) => {
    const { id: ticketId } = await virtual();
    const guest = await openPage(await enter(ticketId));
    await call(ana, ticketId);
    const desk = await connectDesk(doorway, ana);
    desk.send({ type: 'joinRoom', ticketId });
    await guest.frame('room', ({ isOtherHere }) => isOtherHere);
    const say = (signal: Signal): void => {
      if (side === 'agent') desk.send({ type: 'signal', ticketId, signal });
      else guest.send({ type: 'signal', signal });
    };
    const type = side === 'agent' ? 'offer' : 'answer';
    const hearer = side === 'agent' ? guest : desk;
    say(described(2, type, 'AA:01'));
    await hearer.frame('signal', ({ signal }) => signal.data.type === type);
    say(described(2, type, 'BB:02'));
    say(described(2, type, 'BB:02'));
    for (const page of [guest, desk]) {
      const { signal } = await page.frame('signal', ({ signal: { data } }) => data.type === 'keyChanged');
      expect(signal.session).toBe(2);
    }
    const changed = await desk.frame('changes', ({ changes }) =>
      changes.some(({ body }) => body.type === 'event.added' && body.event.fact.type === 'call.keyChanged'),
    );
    expect(JSON.stringify(changed)).toContain(`"side":"${side}"`);
    // Of that session nothing goes on; the next one is another call.
    say(described(3, type, 'CC:03'));
    await hearer.frame('signal', ({ signal }) => signal.session === 3);
    const heard = hearer.frames.flatMap((frame) => (frame.type === 'signal' ? [frame.signal] : []));
    expect(heard.map(({ session, data }) => [session, data.type])).toEqual([
      [2, type],
      [2, 'keyChanged'],
      [3, type],
    ]);
  },
);

test('[T30] a guest who is reported hears that at once, and is out of the room', async () => {
  const { id: ticketId } = await virtual();
  const guest = await openPage(await enter(ticketId));
  const quoted = await attend(ana, ticketId);
  const desk = await connectDesk(doorway, ana);
  desk.send({ type: 'joinRoom', ticketId });
  await desk.frame('room', ({ isOtherHere }) => isOtherHere);
  await deliver(ana, { type: 'guest.block', ...quoted, reason: 'threats', comment: '' });
  await guest.frame('video', ({ state: { isBlocked } }) => isBlocked === true);
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
  await other.frame('error', refused('ROOM_FULL'));
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

test('[S2-37] [B79] [R11] with an accepted offer a second agent comes in, at another server, and each speaks to the guest alone', async () => {
  const { context, database } = server;
  const rooms = [new Rooms(), new Rooms()] as const;
  const wires = rooms.map((each, index) =>
    startRoomWire({ url: database.url, rooms: each, log: context.log, processId: `process ${index}` }),
  );
  const doors = await Promise.all(rooms.map((each) => openDoors(server, { rooms: each })));
  try {
    const { id: ticketId } = await virtual();
    const eva = await newAgent(office, { firstName: 'Eva', main: ['asesoria'] });
    const guest = await openPage(await enter(ticketId), doors[0]);
    const held = await attend(ana, ticketId);
    const [desk, other] = [await connectDesk(doors[0]!, ana), await connectDesk(doors[1]!, eva)];
    desk.send({ type: 'joinRoom', ticketId });
    await desk.frame('room', ({ isOtherHere }) => isOtherHere);
    const quoted = { ...held, offerId: uuidv7() };
    await deliver(ana, { type: 'transfer.offer', ...quoted, agentId: eva.id, comment: '' });
    other.send({ type: 'joinRoom', ticketId });
    await other.frame('error', refused('ROOM_FULL'));
    await deliver(eva, { type: 'transfer.accept', ...quoted });
    const next = (await guest.frame('video', ({ state }) => state.next !== undefined)).state.next!;
    expect(next.offerId).toBe(quoted.offerId);
    other.send({ type: 'joinRoom', ticketId });
    await guest.frame('room', (room) => room.isOtherHere && agentOf(room) === next.attentionId);
    await other.frame('room', ({ isOtherHere }) => isOtherHere);

    other.send({ type: 'signal', ticketId, signal: ask(5) });
    expect(agentOf(await guest.frame('signal', ({ signal }) => signal.session === 5))).toBe(next.attentionId);
    guest.send({ type: 'signal', signal: ask(6), attentionId: next.attentionId });
    guest.send({ type: 'signal', signal: ask(7) });
    guest.send({ type: 'signal', signal: ask(8), attentionId: uuidv7() });
    await other.frame('signal', ({ signal }) => signal.session === 6);
    await desk.frame('signal', ({ signal }) => signal.session === 7);

    guest.send({ type: 'mediaFlows', offerId: quoted.offerId });
    const passed = await guest.frame('video', ({ state }) => state.agentName === 'Eva');
    expect(passed.state).toMatchObject({ attentionId: next.attentionId, phase: 'attending' });
    // The new agent's side stays as it is; that of the one before hears nothing any more.
    await guest.frame('room', (room) => !room.isOtherHere && agentOf(room) === held.attentionId);
    guest.send({ type: 'signal', signal: ask(9) });
    await other.frame('signal', ({ signal }) => signal.session === 9);
    desk.send({ type: 'signal', ticketId, signal: ask(10) });
    desk.send({ type: 'ping' });
    await desk.frame('pong');
    const heard = (client: SocketClient) =>
      client.frames.flatMap((frame) => (frame.type === 'signal' ? [frame.signal.session] : []));
    expect([heard(desk), heard(other), heard(guest)]).toEqual([[7], [6, 9], [5]]);
  } finally {
    for (const each of doors) await each.close();
    for (const wire of wires) await wire.stop();
  }
});

test('[S2-37] [B79] [T12] beside who attends and who has accepted no third agent comes into a room, and nobody hears them', async () => {
  const { id: ticketId } = await virtual();
  const eva = await newAgent(office, { firstName: 'Eva', main: ['asesoria'] });
  const luis = await newAgent(office, { firstName: 'Luis', main: ['asesoria'] });
  const guest = await openPage(await enter(ticketId));
  const quoted = { ...(await attend(ana, ticketId)), offerId: uuidv7() };
  await deliver(ana, { type: 'transfer.offer', ...quoted, agentId: eva.id, comment: '' });
  await deliver(eva, { type: 'transfer.accept', ...quoted });
  const { next } = (await guest.frame('video', ({ state }) => state.next !== undefined)).state;
  const [desk, other, third] = [
    await connectDesk(doorway, ana),
    await connectDesk(doorway, eva),
    await connectDesk(doorway, luis),
  ];
  for (const seated of [desk, other]) {
    seated.send({ type: 'joinRoom', ticketId });
    await seated.frame('room', ({ isOtherHere }) => isOtherHere);
  }
  third.send({ type: 'joinRoom', ticketId });
  await third.frame('error', refused('ROOM_FULL'));
  third.send({ type: 'signal', ticketId, signal: ask(5) });
  third.send({ type: 'ping' });
  await third.frame('pong');
  // The two are where they were: each still speaks with the guest.
  desk.send({ type: 'signal', ticketId, signal: ask(6) });
  await guest.frame('signal', ({ signal }) => signal.session === 6);
  other.send({ type: 'signal', ticketId, signal: ask(7) });
  await guest.frame('signal', ({ signal }) => signal.session === 7);
  const heard = guest.frames.flatMap((frame) =>
    frame.type === 'signal' ? [[frame.signal.session, agentOf(frame)]] : [],
  );
  expect(heard).toEqual([
    [6, quoted.attentionId],
    [7, next!.attentionId],
  ]);
  guest.send({ type: 'signal', signal: ask(8) });
  await desk.frame('signal', ({ signal }) => signal.session === 8);
  expect(third.frames.filter(({ type }) => type === 'room' || type === 'signal')).toEqual([]);
});

test('[S2-37] [B79] an offer that comes to nothing puts the second agent out again, and a desk that comes back hears of one that is open', async () => {
  const { id: ticketId } = await virtual();
  const eva = await newAgent(office, { firstName: 'Eva', main: ['asesoria'] });
  const guest = await openPage(await enter(ticketId));
  const quoted = { ...(await attend(ana, ticketId)), offerId: uuidv7() };
  await deliver(ana, { type: 'transfer.offer', ...quoted, agentId: eva.id, comment: '' });
  await deliver(eva, { type: 'transfer.accept', ...quoted });
  const other = await connectDesk(doorway, eva);
  expect((await other.frame('transfers')).offers).toMatchObject([{ id: quoted.offerId, state: 'accepted' }]);
  other.send({ type: 'joinRoom', ticketId });
  await guest.frame('room', ({ isOtherHere }) => isOtherHere);
  await deliver(ana, { type: 'transfer.cancel', ...quoted });
  await guest.frame('room', (room) => !room.isOtherHere && agentOf(room) !== undefined);
  other.send({ type: 'joinRoom', ticketId });
  await other.frame('error', refused('ROOM_FULL'));
});

test('[T2] no frame of a guest’s page in a whole call holds what is not theirs to know', async () => {
  const { id: ticketId } = await virtual();
  const guest = await openPage(await enter(ticketId));
  const quoted = await call(ana, ticketId);
  await deliver(ana, { type: 'note.add', ticketId, text: 'canario secreto' });
  await deliver(ana, {
    type: 'mark.add',
    ticketId,
    attentionId: quoted.attentionId,
    momentMs: 0,
    text: 'canario del tag',
  });
  await deliver(ana, { type: 'attention.begin', ...quoted });
  // Another customer of the same branch, before and beside this one.
  const other = await issue(office, {
    service: 'asesoria',
    kind: 'virtual',
    contact: { ...olga, documentNumber: '998877', firstName: 'Ajena', lastName: 'Vecina' },
  });
  await enter(other.id);
  await deliver(ana, { type: 'message.send', ...quoted, text: 'Buenos días' });
  await guest.frame('messages', ({ messages }) => messages.length > 0);
  await deliver(ana, { type: 'consent.ask', ...quoted, termsId: null, title: 'Cambio de plan', text: 'Acepto' });
  await guest.frame('video', ({ state }) => state.consent !== undefined);
  await server.context.store.db
    .insertInto('shared_file')
    .values({
      id: uuidv7(),
      ticket_id: ticketId,
      attention_id: quoted.attentionId,
      agent_id: ana.id,
      guest_link_id: null,
      name: 'contrato.txt',
      kind: 'text/plain',
      bytes: 6,
      sha256: 'c'.repeat(64),
      width: null,
      height: null,
      preview_sha256: null,
      was_cleaned: false,
      shared_at: new Date(server.clock.now),
    })
    .execute();
  const eva = await newAgent(office, { firstName: 'Eva', main: ['asesoria'] });
  const passing = { ...quoted, offerId: uuidv7() };
  await deliver(ana, { type: 'transfer.offer', ...passing, agentId: eva.id, comment: 'canario del comentario' });
  await deliver(eva, { type: 'transfer.accept', ...passing });
  await guest.frame('video', ({ state }) => state.next !== undefined);
  const desk = await connectDesk(doorway, eva);
  desk.send({ type: 'joinRoom', ticketId });
  guest.send({ type: 'mediaFlows', offerId: passing.offerId });
  const { state: passed } = await guest.frame('video', ({ state }) => state.agentName === 'Eva');
  const { epoch } = (await readTicket(server.context.store.db, office.companyId, ticketId))!.header;
  const held = { ticketId, attentionId: passed.attentionId!, epoch };
  await deliver(eva, { type: 'guest.block', ...held, reason: 'other', comment: 'canario del reporte' });
  await guest.frame('video', ({ state }) => state.isBlocked === true);
  const heard = JSON.stringify(guest.frames);
  for (const own of ['Buenos días', 'Cambio de plan', 'contrato.txt', '"Ana"', '"Eva"']) expect(heard).toContain(own);
  const ofAgents = [ana, eva].flatMap(({ id, sessionId, deviceId, deviceKey }) => [id, sessionId, deviceId, deviceKey]);
  const ofCustomers = ['Olga', 'Zapatoca', '1020304050', '3001234567', 'Ajena', 'Vecina', '998877', other.id];
  const canaries = [...ofCustomers, ...ofAgents, 'Rojas', 'telecom.test', 'canario', ticketId, 'ccccc'];
  expect(canaries.filter((canary) => heard.includes(canary))).toEqual([]);
});

test('[T5] [B76] each side of a call gets credentials of its own for the relay', async () => {
  server.context.turn = { urls: ['turn:relay.test:3478'], secret: 'north', policy: 'relay', lifetimeMs: 600_000 };
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

test('[B68] [B74] what is no word between two peers is refused, ways that nobody may try are left out and counted, and the room lives', async () => {
  let dropped = 0;
  server.context.candidatesDropped = (count) => {
    dropped += count;
  };
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
  expect(dropped).toBe(2);
  const addresses = ['169.254.169.254', '::1', 'fe80::1', '192.168.1.21'];
  say({ type: 'offer', sdp: sdpOf('AA:01') + addresses.map((each) => `a=${candidate(each)}\r\n`).join(''), sources });
  const { signal } = await desk.frame('signal', ({ signal: { data } }) => data.type === 'offer');
  expect(JSON.stringify(signal).match(/(?<=udp \d+ )\S+/g)).toEqual(['192.168.1.21']);
  expect(dropped).toBe(5);
  expect(desk.frames.filter(({ type }) => type === 'signal')).toHaveLength(2);
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
    const { attentionId } = await call(ana, ticketId);
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
    rooms[0].tellFar({ ticketId, side: 'guest', word: { type: 'signal', to: agentSide(attentionId), signal: long } });
    expect((await desk.frame('signal', ({ signal }) => signal.session === 21)).signal).toEqual(long);
    guest.socket.close();
    await desk.frame('room', ({ isOtherHere }) => !isOtherHere);
  } finally {
    for (const each of doors) await each.close();
    for (const wire of wires) await wire.stop();
  }
});
