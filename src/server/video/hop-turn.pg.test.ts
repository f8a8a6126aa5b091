import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { displayState } from '../queries/display-state.ts';
import { readTicketContent } from '../queries/read-ticket-content.ts';
import { turnStates } from '../queries/turn-state.ts';
import { guestCookie } from '../sessions/guest-cookie.ts';
import { newSecret } from '../sessions/secrets.ts';
import { readTicket } from '../store/ticket-rows.ts';
import { attend, call, deliver, headerOf, headerWhen, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { NINE, openServer, type TestServer } from '../testing/open-server.ts';
import { openDoors, openSocket, type Doorway } from '../testing/socket-client.ts';
import { enterVideo, findGuest } from './guest-links.ts';
import { hopTurn } from './hop-turn.ts';

const MINUTE = 60_000;

let server: TestServer;
let doorway: Doorway;
let office: TestOffice;
let ana: TestAgent;
let browser: string;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.now = NINE;
  doorway = await openDoors(server);
  office = await newOffice(server);
  ana = await newAgent(office, { main: ['caja', 'reclamos', 'asesoria'], isManual: true });
  browser = newSecret();
});
afterEach(() => doorway.close());

/** A turn of the counter whose service also goes by video, unless another is asked for. */
const turn = async (service: 'reclamos' | 'caja' | 'asesoria' = 'reclamos') => {
  const issued = await issue(office, { service, kind: service === 'asesoria' ? 'virtual' : 'turn' });
  return { id: issued.id, code: issued.code, token: issued.turnUrl.split('#')[1]! };
};
const hop = (token: string, to: 'video' | 'counter', by = browser) => hopTurn(server.context, { token, to }, by);
const linkIn = (url: string): string => url.split('#')[1]!.split('.')[0]!;
const rows = async <Row>(query: string, ticketId: string): Promise<Row[]> =>
  (await server.context.store.pool.query(query, [ticketId])).rows as Row[];
const factsOf = async (ticketId: string) =>
  (
    await rows<{ fact: { type: string; to?: string } }>(
      'SELECT fact FROM event WHERE ticket_id = $1 ORDER BY position',
      ticketId,
    )
  ).map(({ fact }) => (fact.to === undefined ? fact.type : `${fact.type} ${fact.to}`));
const screen = async () => (await displayState(server.context, office.branch)).calls.map(({ code }) => code);
const stateOf = async (id: string) => (await turnStates(server.context, office.branch.id, [id])).get(id);

test('[PT1] kiosk, video and counter are one ticket, one wait and one row', async () => {
  const before = await turn();
  server.clock.now += MINUTE;
  const { id, code, token } = await turn();
  const behind = await turn();
  const taken = await headerOf(office, id);
  expect(await stateOf(id)).toMatchObject({ isVideo: false, canHop: true, ahead: 1 });

  server.clock.now += 4 * MINUTE;
  const url = await hop(token, 'video');
  expect(url).toMatch(/^http:\/\/ventanilla\.test\/video#[\w-]{43}\.[\w-]{43}$/);
  expect(url.endsWith(`.${token}`)).toBe(true);
  expect(await headerOf(office, id)).toEqual({ ...taken, kind: 'virtual', hops: 1 });
  expect(await stateOf(id)).toMatchObject({ isVideo: true, canHop: true, ahead: 1 });
  expect(await stateOf(behind.id)).toMatchObject({ ahead: 2 });

  server.clock.now += 5 * MINUTE;
  expect(await hop(token, 'counter')).toBe(`http://ventanilla.test/turn#${token}`);
  expect(await headerOf(office, id)).toEqual({ ...taken, hops: 2 });
  await deliver(ana, { type: 'ticket.cancel', ticketId: before.id });
  const quoted = await call(ana, id);
  expect(await screen()).toEqual([code]);
  await deliver(ana, { type: 'attention.begin', ...quoted });
  await deliver(ana, { type: 'attention.finish', ...quoted });

  expect(await factsOf(id)).toEqual([
    'ticket.created',
    'ticket.hopped video',
    'guest.entered',
    'ticket.hopped counter',
    'ticket.called',
    'ticket.attended',
    'ticket.closed',
  ]);
  const waits = await rows<{ waited_minutes: number }>('SELECT waited_minutes FROM attention WHERE ticket_id = $1', id);
  expect(waits).toEqual([{ waited_minutes: 9 }]);
  const kept = await rows<{ kind: string; turn_code: string }>(
    'SELECT kind, turn_code FROM ticket WHERE service_id = (SELECT service_id FROM ticket WHERE id = $1) ORDER BY number',
    id,
  );
  expect(kept).toEqual([before, { code }, behind].map((each) => ({ kind: 'turn', turn_code: each.code })));
});

test('[S2-55] [PT4] a hopped ticket is called to its video, of which the waiting room is never told', async () => {
  const { id, code, token } = await turn();
  const url = await hop(token, 'video');
  await enterVideo(server.context, linkIn(url), browser);
  const quoted = await call(ana, id);
  await deliver(ana, { type: 'attention.begin', ...quoted });
  expect(await headerOf(office, id)).toMatchObject({ kind: 'virtual', state: 'attending', turnCode: code });
  expect(await screen()).toEqual([]);
  await deliver(ana, { type: 'attention.finish', ...quoted });
  expect(await screen()).toEqual([]);
});

test('[S2-55] [PT4] nor of that call once its customer is back at the counter, where the next one is announced', async () => {
  const { id, code, token } = await turn();
  await hop(token, 'video');
  await deliver(ana, { type: 'attention.noShow', ...(await call(ana, id)), then: 'requeue' });
  await hop(token, 'counter');
  await deliver(ana, { type: 'ticket.cancel', ticketId: id });
  // Closed at the counter: its only call was one to a video.
  expect(await screen()).toEqual([]);
  const other = await turn();
  await hop(other.token, 'video');
  await deliver(ana, { type: 'attention.noShow', ...(await call(ana, other.id)), then: 'requeue' });
  await hop(other.token, 'counter');
  await attend(ana, other.id);
  expect(await screen()).toEqual([other.code]);
  expect(code).not.toBe(other.code);
});

test('[PT1] [T1] the link of a hop is this browser’s from the beginning, and dies on the way back with all that it let in', async () => {
  const { id, token } = await turn();
  const link = linkIn(await hop(token, 'video'));
  expect(await findGuest(server.context, link, browser)).toMatchObject({ ticketId: id });
  await expect(enterVideo(server.context, link, newSecret())).rejects.toMatchObject({ code: 'LINK_USED' });
  await enterVideo(server.context, link, browser);
  const cookie = guestCookie(browser).split(';')[0]!;
  const page = await openSocket(doorway, 'public', { origin: 'http://ventanilla.test', cookie });
  page.send({ type: 'watchVideo', token: link });
  expect(await page.frame('video')).toMatchObject({ state: { phase: 'waiting', canHop: true } });
  const path = { way: 'relay', roundTripMilliseconds: 60, kilobits: 4_000 } as const;
  page.send({ type: 'readiness', report: { camera: 'ready', microphone: 'ready', path } });
  await headerWhen(office, id, ({ readiness }) => readiness?.verdict === 'ready');

  await hop(token, 'counter');
  expect(await headerOf(office, id)).not.toHaveProperty('readiness');
  expect(await page.frame('error')).toMatchObject({ error: { code: 'LINK_INVALID' } });
  expect(await findGuest(server.context, link, browser)).toBeNull();
  // What the page still says is of nobody any more.
  page.send({ type: 'readiness', report: { camera: 'missing', microphone: 'ready', path } });
  page.send({ type: 'ping' });
  await page.frame('pong');
  page.socket.terminate();
  expect(await headerOf(office, id)).toMatchObject({ kind: 'turn', state: 'waiting' });
  expect(await headerOf(office, id)).not.toHaveProperty('readiness');
});

test('[PT1] [R9] asked twice it is done once; each time the video has a link that is good', async () => {
  const { id, token } = await turn();
  const links = [linkIn(await hop(token, 'video')), linkIn(await hop(token, 'video'))];
  expect(await findGuest(server.context, links[0]!, browser)).toBeNull();
  expect(await findGuest(server.context, links[1]!, browser)).not.toBeNull();
  await hop(token, 'counter');
  await hop(token, 'counter');
  // Entered once, as by a link that is scanned.
  expect(await factsOf(id)).toEqual([
    'ticket.created',
    'ticket.hopped video',
    'guest.entered',
    'ticket.hopped counter',
  ]);
  expect((await headerOf(office, id)).hops).toBe(2);
});

test('[PT1] [T31] a turn passes over 20 times and no more, is told so, and keeps its place', async () => {
  const { id, token } = await turn();
  for (let time = 0; time < 10; time += 1) {
    expect(await stateOf(id)).toMatchObject({ canHop: true });
    await hop(token, 'video');
    await hop(token, 'counter');
  }
  const before = await factsOf(id);
  expect(before.filter((fact) => fact.startsWith('ticket.hopped'))).toHaveLength(20);
  await expect(hop(token, 'video')).rejects.toMatchObject({ code: 'TOO_MANY_HOPS' });
  // Where it is already it may be asked for.
  await hop(token, 'counter');
  expect(await factsOf(id)).toEqual(before);
  expect(await headerOf(office, id)).toMatchObject({ kind: 'turn', state: 'waiting', hops: 20 });
  expect(await stateOf(id)).not.toHaveProperty('canHop');
  await attend(ana, id);
  await expect(hop(token, 'video')).rejects.toMatchObject({ code: 'WRONG_STATE' });
});

test('[T1] [T12] only the browser that is in leads the turn back; a token of nobody is answered like an old one', async () => {
  const { id, token } = await turn();
  await hop(token, 'video');
  await expect(hop(token, 'counter', newSecret())).rejects.toMatchObject({ code: 'LINK_USED' });
  await expect(hop(token, 'video', newSecret())).rejects.toMatchObject({ code: 'LINK_USED' });
  await hop(token, 'counter');
  for (const wrong of ['', newSecret(), `${token}x`]) {
    await expect(hop(wrong, 'video')).rejects.toMatchObject({ code: 'LINK_INVALID' });
  }
  await deliver(ana, { type: 'ticket.cancel', ticketId: id });
  server.clock.now += 24 * 60 * MINUTE + 1;
  await expect(hop(token, 'video')).rejects.toMatchObject({ code: 'LINK_INVALID' });
});

test('[PT2] [PT3] not once it is called, attended or over, nor where the service has no such turns', async () => {
  const { id, token } = await turn();
  const refused = { code: 'WRONG_STATE' };
  const quoted = await call(ana, id);
  await expect(hop(token, 'video')).rejects.toMatchObject(refused);
  await deliver(ana, { type: 'attention.begin', ...quoted });
  await expect(hop(token, 'video')).rejects.toMatchObject(refused);
  await deliver(ana, { type: 'attention.finish', ...quoted });
  await expect(hop(token, 'video')).rejects.toMatchObject(refused);
  expect(await factsOf(id)).not.toContain('ticket.hopped video');
  const [caja, asesoria] = [await turn('caja'), await turn('asesoria')];
  await expect(hop(caja.token, 'video')).rejects.toMatchObject(refused);
  await expect(hop(asesoria.token, 'counter')).rejects.toMatchObject(refused);
  expect(await stateOf(caja.id)).not.toHaveProperty('canHop');
  expect(await stateOf(asesoria.id)).not.toHaveProperty('canHop');
});

test('[PT2] [R1] of a hop and a call at once one comes first, and the other sees it', async () => {
  for (let time = 0; time < 12; time += 1) {
    const { id, token } = await turn();
    const hopping = hop(token, 'video').then(
      () => 'hopped',
      (error: { code: string }) => error.code,
    );
    const [hopped, quoted] = await Promise.all([hopping, call(ana, id)]);
    const { kind, state } = await headerOf(office, id);
    expect(state).toBe('calling');
    expect([hopped, kind]).toEqual(hopped === 'hopped' ? ['hopped', 'virtual'] : ['WRONG_STATE', 'turn']);
    const [called] = await rows<{ video: boolean }>(
      `SELECT fact ? 'isVideo' AS video FROM event WHERE ticket_id = $1 AND fact ->> 'type' = 'ticket.called'`,
      id,
    );
    expect(called?.video).toBe(kind === 'virtual');
    await deliver(ana, { type: 'attention.noShow', ...quoted, then: 'cancel' });
  }
});

test('[PT3] an integration takes a virtual turn of a service that goes both ways', async () => {
  const { id } = await issue(office, { service: 'reclamos', kind: 'virtual' });
  expect(await headerOf(office, id)).toMatchObject({ kind: 'virtual', state: 'waiting' });
  await expect(issue(office, { service: 'caja', kind: 'virtual' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('[S2-41] [PT1] what was asked in the video is with the ticket at the counter too', async () => {
  const { id, token } = await turn();
  await hop(token, 'video');
  const quoted = await attend(ana, id);
  await deliver(ana, { type: 'consent.ask', ...quoted, termsId: null, title: 'Contrato', text: 'Acepto.' });
  // Passed on to a service without video, of which only the way back is left.
  await deliver(ana, { type: 'attention.transfer', ...quoted, serviceId: office.services.caja, comment: '' });
  await hop(token, 'counter');
  await attend(ana, id);
  const row = await readTicket(server.context.store.db, office.companyId, id);
  const { consents } = await readTicketContent(server.context.store.db, row!);
  expect(consents?.map(({ title }) => title)).toEqual(['Contrato']);
  await expect(hop(token, 'video')).rejects.toMatchObject({ code: 'WRONG_STATE' });
});
