import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ReadinessReport } from '../../protocol/video/readiness.ts';
import { guestCookie } from '../sessions/guest-cookie.ts';
import { newSecret } from '../sessions/secrets.ts';
import { attend, call, deliver, headerOf, headerWhen, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { changesOf, openServer, type TestServer } from '../testing/open-server.ts';
import { openDoors, openSocket, type Doorway, type SocketClient } from '../testing/socket-client.ts';
import { createGuestLink, enterVideo, findGuest, revokeLink } from './guest-links.ts';
import { keepReadiness } from './keep-readiness.ts';

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
  ana = await newAgent(office, { main: ['asesoria'], isManual: true });
});
afterEach(() => doorway.close());

const good: ReadinessReport = {
  camera: 'ready',
  microphone: 'ready',
  path: { way: 'relay', roundTripMilliseconds: 60, kilobits: 4_000 },
};
const red: ReadinessReport = { ...good, path: { way: 'blocked', roundTripMilliseconds: null, kilobits: null } };
const session = () => ({ agentId: ana.id, companyId: office.companyId, deviceId: ana.deviceId, id: ana.sessionId });
const enter = async (ticketId: string) => {
  const { url } = await createGuestLink(server.context, session(), ticketId);
  const guest = { token: url.split('#')[1]!, browser: newSecret() };
  await enterVideo(server.context, guest.token, guest.browser);
  return guest;
};
const openPage = async ({ token, browser }: { token: string; browser: string }): Promise<SocketClient> => {
  const cookie = guestCookie(browser).split(';')[0]!;
  const page = await openSocket(doorway, 'public', { origin: 'http://ventanilla.test', cookie });
  page.send({ type: 'watchVideo', token });
  await page.frame('video');
  return page;
};
const waiting = async () => {
  const { id } = await issue(office, { service: 'asesoria', kind: 'virtual' });
  const guest = await enter(id);
  return { id, guest, page: await openPage(guest) };
};
const verdictOf = async (id: string) => (await headerOf(office, id)).readiness?.verdict ?? null;
const whenVerdict = (id: string, verdict: string | null) =>
  headerWhen(office, id, ({ readiness }) => (readiness?.verdict ?? null) === verdict);
/** A whole round on this line: what was said before has been heard. */
const heard = async (page: SocketClient): Promise<void> => {
  page.send({ type: 'ping' });
  await page.frame('pong');
};

test('[S2-34] what the guest’s page says is on the header that every desk of the branch gets', async () => {
  const { id, page } = await waiting();
  page.send({ type: 'readiness', report: red });
  const header = await whenVerdict(id, 'notReady');
  expect(header.readiness).toEqual({ verdict: 'notReady', cause: 'noPath', since: server.clock.now });
  page.send({ type: 'readiness', report: { ...good, camera: 'blocked' } });
  expect((await whenVerdict(id, 'audioOnly')).readiness?.cause).toBe('cameraBlocked');
  page.send({ type: 'readiness', report: good });
  expect((await whenVerdict(id, 'ready')).readiness?.cause).toBeNull();
  // It is no line of the timeline, and no word of it comes back to the page.
  expect(page.frames.filter(({ type }) => type !== 'video' && type !== 'ice')).toEqual([]);
});

test('[S2-34] it goes with the page that said it, and not with an older page of the same guest', async () => {
  const { id, guest, page } = await waiting();
  page.send({ type: 'readiness', report: red });
  await whenVerdict(id, 'notReady');
  const again = await openPage(guest);
  again.send({ type: 'readiness', report: good });
  await whenVerdict(id, 'ready');
  page.socket.close();
  await page.closed;
  await heard(again);
  expect(await verdictOf(id)).toBe('ready');
  again.socket.close();
  const seq = (await changesOf(server, `branch:${office.branch.id}`)).length;
  await expect
    .poll(async () => (await changesOf(server, `branch:${office.branch.id}`, seq - 1)).length, { timeout: 10_000 })
    .toBeGreaterThan(0);
  await expect.poll(() => verdictOf(id), { timeout: 10_000 }).toBeNull();
});

test('[T1] a page whose link was revoked has no say any more, and what it said is gone', async () => {
  const { id, page } = await waiting();
  page.send({ type: 'readiness', report: good });
  await whenVerdict(id, 'ready');
  await revokeLink(server.context, session(), id);
  await page.frame('error', ({ error }) => error.code === 'LINK_INVALID');
  await expect.poll(() => verdictOf(id), { timeout: 10_000 }).toBeNull();
  page.send({ type: 'readiness', report: red });
  await heard(page);
  expect(await verdictOf(id)).toBeNull();
});

test('[T1] whoever did not enter says nothing of anybody', async () => {
  const { id, guest } = await waiting();
  const stranger = await openSocket(doorway, 'public', { origin: 'http://ventanilla.test' });
  stranger.send({ type: 'watchVideo', token: guest.token });
  await stranger.frame('error', ({ error }) => error.code === 'LINK_INVALID');
  stranger.send({ type: 'readiness', report: good });
  await heard(stranger);
  expect(await verdictOf(id)).toBeNull();
});

test('[T15] a report with anything more, less or other than it should have is refused as a whole', async () => {
  const { id, page } = await waiting();
  const wrong = [
    { ...good, verdict: 'ready' },
    { ...good, camera: 'muted' },
    { ...good, path: { ...good.path, kilobits: -1 } },
    { ...good, path: { ...good.path, kilobits: '4000' } },
    { ...good, ticketId: id },
    { microphone: 'ready', camera: 'ready' },
  ];
  for (const report of wrong) page.send({ type: 'readiness', report });
  await heard(page);
  expect(page.frames.filter(({ type }) => type === 'error')).toHaveLength(wrong.length);
  expect(await verdictOf(id)).toBeNull();
});

test('[T31] a page that says it again and again is heard a few times a minute', async () => {
  const { id, page } = await waiting();
  for (let turn = 0; turn < 20; turn += 1) page.send({ type: 'readiness', report: turn % 2 === 0 ? red : good });
  await whenVerdict(id, 'ready');
  page.socket.close();
  await expect.poll(() => verdictOf(id), { timeout: 10_000 }).toBeNull();
  const puts = (await changesOf(server, `branch:${office.branch.id}`)).filter(
    ({ body }) => body.type === 'ticket.put' && body.header.readiness,
  );
  expect(puts.length).toBe(12);
});

test('[TK2] it stays while the guest is called and attended, and a closed ticket has none', async () => {
  const { id, page } = await waiting();
  page.send({ type: 'readiness', report: good });
  await whenVerdict(id, 'ready');
  const quoted = await call(ana, id);
  await deliver(ana, { type: 'attention.begin', ...quoted });
  expect(await verdictOf(id)).toBe('ready');
  await deliver(ana, { type: 'attention.finish', ...quoted });
  expect(await headerOf(office, id)).not.toHaveProperty('readiness');
});

test('[QU9] the system calls somebody who is ready before them, and says so; by hand they are called all the same', async () => {
  const { id: notReady, page } = await waiting();
  page.send({ type: 'readiness', report: red });
  await whenVerdict(notReady, 'notReady');
  server.clock.now += 60_000;
  const { id: next } = await issue(office, { service: 'asesoria', kind: 'virtual' });
  const dispatching = await openServer({ beside: server, dispatches: true });
  try {
    const luis = await newAgent(office, { firstName: 'Luis', main: ['asesoria'] });
    dispatching.context.dispatcher.trigger(office.branch.id);
    await dispatching.context.dispatcher.settled();
    expect((await headerOf(office, next)).holder?.agentId).toBe(luis.id);
  } finally {
    await dispatching.close();
  }
  const before = await headerOf(office, notReady);
  expect(before).toMatchObject({ state: 'waiting', waitingSince: server.clock.now - 60_000 });
  const called = (await changesOf(server, `agent:${(await headerOf(office, next)).holder!.agentId}`)).flatMap(
    ({ body }) => (body.type === 'content.put' ? body.content.events : []),
  );
  expect(called.map(({ fact }) => fact)).toContainEqual(
    expect.objectContaining({
      type: 'ticket.called',
      reasons: expect.arrayContaining([{ type: 'passedNotReady', count: 1 }]) as unknown,
    }),
  );
  await attend(ana, notReady);
});

test('[S2-34] of more reports than a page may make the latest is not lost: it is taken as soon as there is room', async () => {
  const { id } = await issue(office, { service: 'asesoria', kind: 'virtual' });
  const { token, browser } = await enter(id);
  const guest = (await findGuest(server.context, token, browser))!;
  const waits: { act: () => void; milliseconds: number }[] = [];
  const kept = keepReadiness(server.context, guest, (act, milliseconds) => {
    waits.push({ act, milliseconds });
    return () => undefined;
  });
  for (let time = 0; time < 12; time += 1) kept.report(time % 2 === 0 ? red : good);
  await whenVerdict(id, 'ready');
  kept.report(good);
  kept.report(red);
  expect(waits).toHaveLength(1);
  expect(waits[0]!.milliseconds).toBeLessThanOrEqual(60_000);
  expect(await verdictOf(id)).toBe('ready');
  server.clock.now += waits[0]!.milliseconds;
  waits[0]!.act();
  await whenVerdict(id, 'notReady');
  await kept.forget();
  expect(await verdictOf(id)).toBeNull();
});
