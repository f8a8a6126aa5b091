import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startHints } from '../changes/hint.ts';
import { guestCookie } from '../sessions/guest-cookie.ts';
import { newSecret } from '../sessions/secrets.ts';
import { attend, call, deliver, headerOf, issue, quoteOf } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { changesOf, openServer, type TestServer } from '../testing/open-server.ts';
import { connectDesk, openDoors, openSocket, type Doorway, type SocketClient } from '../testing/socket-client.ts';
import { createGuestLink, enterVideo, revokeLink } from './guest-links.ts';
import { readByGuest, requireGuest, sendGuestMessage } from './guest-messages.ts';

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

interface Visitor {
  token: string;
  browser: string;
}
type Quoted = Awaited<ReturnType<typeof attend>>;

const sessionOf = (agent: TestAgent) => ({
  agentId: agent.id,
  companyId: agent.office.companyId,
  deviceId: agent.deviceId,
  id: agent.sessionId,
});
const olga = { documentType: 'CC', documentNumber: '1020304050', firstName: 'Olga', lastName: 'Zapatoca' };
const virtual = () => issue(office, { service: 'asesoria', kind: 'virtual', contact: olga });
const enter = async (ticketId: string, browser = newSecret()): Promise<Visitor> => {
  const { url } = await createGuestLink(server.context, sessionOf(ana), ticketId, { isReplacing: true });
  const visitor = { token: url.split('#')[1]!, browser };
  await enterVideo(server.context, visitor.token, browser);
  return visitor;
};
const openPage = async (visitor: Visitor, after?: number, at = doorway): Promise<SocketClient> => {
  const cookie = guestCookie(visitor.browser).split(';')[0]!;
  const page = await openSocket(at, 'public', { origin: 'http://ventanilla.test', cookie });
  page.send({ type: 'watchVideo', token: visitor.token, ...(after !== undefined && { after }) });
  return page;
};
const guestOf = ({ token, browser }: Visitor) => requireGuest(server.context, token, browser);
const say = async (visitor: Visitor, text: string, key: string = uuidv7()) =>
  sendGuestMessage(server.context, await guestOf(visitor), key, { text });
const answer = (quoted: Quoted, text: string, agent = ana) => deliver(agent, { type: 'message.send', ...quoted, text });
const heardBy = (page: SocketClient): string[] =>
  page.frames.flatMap((frame) => (frame.type === 'messages' ? frame.messages.map(({ text }) => text) : []));
const hears = (page: SocketClient, text: string) =>
  page.frame('messages', ({ messages }) => messages.some((message) => message.text === text));
const messagesTo = async (agent: TestAgent) =>
  (await changesOf(server, `agent:${agent.id}`)).flatMap(({ body }) =>
    body.type === 'message.put' ? [body.message] : [],
  );

test('[S2-46] [R10] guest and agent write to each other, in one order, with the names and hours of the server', async () => {
  const { id: ticketId } = await virtual();
  const visitor = await enter(ticketId);
  const page = await openPage(visitor);
  const quoted = await attend(ana, ticketId);
  await say(visitor, 'Buenos días');
  const id = uuidv7();
  server.clock.now += 1_000;
  await deliver(ana, { type: 'message.send', ...quoted, text: '¿En qué le ayudo?' }, { id, occurredAt: 12 });
  await hears(page, '¿En qué le ayudo?');
  const shown = page.frames.flatMap((frame) => (frame.type === 'messages' ? frame.messages : []));
  expect(shown).toMatchObject([
    { seq: 1, from: 'guest', text: 'Buenos días', agentName: null },
    { seq: 2, from: 'agent', text: '¿En qué le ayudo?', agentName: 'Ana', key: null, sentAt: server.clock.now },
  ]);
  expect(await messagesTo(ana)).toMatchObject([
    { seq: 1, from: 'guest', agentId: null, agentName: null },
    { seq: 2, id, from: 'agent', agentId: ana.id, agentName: ana.name, sentAt: server.clock.now },
  ]);
});

test('[S2-46] [R9] the same message of a guest sent twice, at once or later, is one; its key with another text is refused', async () => {
  const { id: ticketId } = await virtual();
  const visitor = await enter(ticketId);
  await call(ana, ticketId);
  const key = uuidv7();
  const answers = await Promise.all(Array.from({ length: 5 }, () => say(visitor, 'Uno', key)));
  for (const each of answers) expect(each).toEqual(answers[0]);
  expect(await say(visitor, 'Uno', key)).toEqual(answers[0]);
  await expect(say(visitor, 'Otro', key)).rejects.toMatchObject({ code: 'KEY_REUSED' });
  expect(await messagesTo(ana)).toHaveLength(1);
});

test('[S2-46] a guest writes from the call on, not while waiting nor after the end, and an agent only in the video in hand', async () => {
  const { id: ticketId } = await virtual();
  const visitor = await enter(ticketId);
  await expect(say(visitor, 'Hola')).rejects.toMatchObject({ code: 'WRONG_STATE' });
  const quoted = await attend(ana, ticketId);
  await say(visitor, 'Hola');
  expect(await answer({ ...quoted, epoch: quoted.epoch + 1 }, 'x')).toMatchObject({ error: { code: 'STALE_EPOCH' } });
  await deliver(ana, { type: 'attention.finish', ...quoted });
  await expect(say(visitor, 'Tarde')).rejects.toMatchObject({ code: 'WRONG_STATE' });
  expect(await answer(quoted, 'Tarde')).toMatchObject({ error: { code: 'STALE_EPOCH' } });
  const luis = await newAgent(office, { firstName: 'Luis' });
  const atCounter = await attend(luis, (await issue(office)).id);
  expect(await answer(atCounter, 'x', luis)).toMatchObject({ error: { code: 'WRONG_STATE' } });
});

test('[S2-46] a page gets what came after what it has, and all of it when it has nothing', async () => {
  const { id: ticketId } = await virtual();
  const visitor = await enter(ticketId);
  const quoted = await attend(ana, ticketId);
  for (let number = 1; number <= 45; number += 1) await answer(quoted, `Mensaje ${number}`);
  const all = await openPage(visitor);
  await hears(all, 'Mensaje 45');
  expect(heardBy(all)).toEqual(Array.from({ length: 45 }, (_, index) => `Mensaje ${index + 1}`));
  const rest = await openPage(visitor, 43);
  await hears(rest, 'Mensaje 45');
  expect(heardBy(rest)).toEqual(['Mensaje 44', 'Mensaje 45']);
});

test('[S2-46] the last words of an agent come before the end, however soon it follows, also to a page that comes back after it', async () => {
  const { id: ticketId } = await virtual();
  const visitor = await enter(ticketId);
  const page = await openPage(visitor);
  const quoted = await attend(ana, ticketId);
  await answer(quoted, 'Buenos días');
  await hears(page, 'Buenos días');
  const words = Array.from({ length: 25 }, (_, index) => `Última ${index + 1}`);
  for (const each of words) await answer(quoted, each);
  await deliver(ana, { type: 'attention.finish', ...quoted });
  const back = await openPage(visitor, 1);
  for (const [each, heard] of [
    [page, ['Buenos días', ...words]],
    [back, words],
  ] as const) {
    await each.frame('video', ({ state }) => state.phase === 'finished');
    const end = each.frames.findIndex((frame) => frame.type === 'video' && frame.state.phase === 'finished');
    const before = each.frames.slice(0, end).flatMap((frame) => (frame.type === 'messages' ? frame.messages : []));
    expect(before.map(({ text }) => text)).toEqual(heard);
  }
});

test('[S2-46] each side learns how far the other has read, which never falls nor goes beyond what there is', async () => {
  const { id: ticketId } = await virtual();
  const visitor = await enter(ticketId);
  const page = await openPage(visitor);
  const quoted = await attend(ana, ticketId);
  await say(visitor, 'Uno');
  await answer(quoted, 'Dos');
  await readByGuest(server.context, await guestOf(visitor), { upTo: 99 });
  await readByGuest(server.context, await guestOf(visitor), { upTo: 1 });
  await deliver(ana, { type: 'message.read', ...quoted, upTo: 1 });
  await page.frame('messages', ({ read }) => read.byAgent === 1 && read.byGuest === 2);
  const reads = (await changesOf(server, `agent:${ana.id}`)).flatMap(({ body }) =>
    body.type === 'messages.read' ? [body.read] : [],
  );
  expect(reads).toEqual([
    { byAgent: 0, byGuest: 2 },
    { byAgent: 1, byGuest: 2 },
  ]);
});

test('[T1] [S2-46] whoever comes in by another link sees nothing of what the guest before wrote and read', async () => {
  const { id: ticketId } = await virtual();
  const first = await enter(ticketId);
  const firstPage = await openPage(first);
  const quoted = await attend(ana, ticketId);
  await say(first, 'Soy la primera');
  await answer(quoted, 'Su saldo es 38');
  await hears(firstPage, 'Su saldo es 38');
  await revokeLink(server.context, sessionOf(ana), ticketId);
  await expect(say(first, 'Sigo aquí')).rejects.toMatchObject({ code: 'LINK_INVALID' });
  await answer(quoted, 'A quien entre ahora');
  const second = await enter(ticketId);
  const page = await openPage(second);
  await answer(quoted, 'Buenas tardes');
  await hears(page, 'Buenas tardes');
  expect(heardBy(page)).toEqual(['A quien entre ahora', 'Buenas tardes']);
  expect(heardBy(firstPage)).toEqual(['Soy la primera', 'Su saldo es 38']);
  // The first one comes back by a third link: their own, and nothing of the second's.
  const again = await openPage(await enter(ticketId, first.browser));
  await hears(again, 'A quien entre ahora');
  expect(heardBy(again)).toEqual(['Soy la primera', 'Su saldo es 38', 'A quien entre ahora']);
});

test('[T2] [T3] [S2-46] a guest’s frames name nobody by more than a first name, and hold no id of ours', async () => {
  const { id: ticketId } = await virtual();
  const visitor = await enter(ticketId);
  const page = await openPage(visitor);
  const quoted = await attend(ana, ticketId);
  await deliver(ana, { type: 'note.add', ticketId, text: 'canario secreto' });
  const id = uuidv7();
  await deliver(ana, { type: 'message.send', ...quoted, text: 'Hola' }, { id });
  await say(visitor, 'Hola a usted');
  await hears(page, 'Hola a usted');
  const heard = JSON.stringify(page.frames.filter(({ type }) => type === 'messages'));
  const canaries = [
    'Zapatoca',
    '1020304050',
    'Rojas',
    'canario',
    ana.id,
    ana.sessionId,
    ticketId,
    quoted.attentionId,
    id,
  ];
  expect(canaries.filter((canary) => heard.includes(canary))).toEqual([]);
});

test('[R11] [S2-46] guest and agent sit with two servers, and the chat goes on through both', async () => {
  const other = await openServer({ beside: server });
  const hints = [server, other].map(({ database, context }) =>
    startHints({ url: database.url, hub: context.hub, log: context.log, processId: uuidv7() }),
  );
  const doors = await openDoors(other);
  try {
    const { id: ticketId } = await virtual();
    const visitor = await enter(ticketId);
    const quoted = await attend(ana, ticketId);
    const page = await openPage(visitor, 0, doors);
    const desk = await connectDesk(doorway, ana);
    await answer(quoted, 'Por aquí');
    expect((await hears(page, 'Por aquí')).messages).toMatchObject([{ seq: 1, from: 'agent' }]);
    await sendGuestMessage(other.context, await guestOf(visitor), uuidv7(), { text: 'Por allá' });
    await desk.frame('changes', ({ changes }) =>
      changes.some(({ body }) => body.type === 'message.put' && body.message.text === 'Por allá'),
    );
  } finally {
    await doors.close();
    for (const hint of hints) await hint.stop();
    await other.close();
  }
});

test('[S2-37] [S2-46] who takes the ticket over has the whole chat, and who gave it up gets no more of it', async () => {
  const { id: ticketId } = await virtual();
  const visitor = await enter(ticketId);
  const eva = await newAgent(office, { firstName: 'Eva', main: ['asesoria'] });
  const quoted = await call(ana, ticketId);
  await say(visitor, 'Antes');
  await deliver(ana, { type: 'attention.noShow', ...quoted, then: 'requeue' });
  await call(eva, ticketId);
  const taken = quoteOf(await headerOf(office, ticketId));
  await answer(taken, 'Después', eva);
  const contents = (await changesOf(server, `agent:${eva.id}`)).flatMap(({ body }) =>
    body.type === 'content.put' ? [body.content] : [],
  );
  expect(contents.at(-1)?.messages?.map(({ text }) => text)).toEqual(['Antes']);
  expect((await messagesTo(eva)).map(({ text }) => text)).toEqual(['Después']);
  expect((await messagesTo(ana)).map(({ text }) => text)).toEqual(['Antes']);
});
