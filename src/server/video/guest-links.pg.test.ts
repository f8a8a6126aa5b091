import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { call, deliver, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { changesOf, openServer, type TestServer } from '../testing/open-server.ts';
import { newSecret } from '../sessions/secrets.ts';
import { createGuestLink, enterVideo, findGuest, inviteByTurn, revokeLink } from './guest-links.ts';

let server: TestServer;
let office: TestOffice;
let ana: TestAgent;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  office = await newOffice(server);
  ana = await newAgent(office, { main: ['caja', 'asesoria'] });
});

const sessionOf = (agent: TestAgent) => ({
  agentId: agent.id,
  companyId: agent.office.companyId,
  deviceId: agent.deviceId,
  id: agent.sessionId,
});
const invite = async (ticketId: string, agent = ana, isReplacing = false): Promise<string> => {
  const { url } = await createGuestLink(server.context, sessionOf(agent), ticketId, { isReplacing });
  return url.split('#')[1]!;
};
const virtual = () => issue(office, { service: 'asesoria', kind: 'virtual' });
const enter = (token: string, browser = newSecret()) => enterVideo(server.context, token, browser);
const invalid = { code: 'LINK_INVALID' };

test('[S2-44] [T1] a link has 256 bits in its fragment, which stand nowhere in the database, and lets a browser in', async () => {
  const { id: ticketId } = await virtual();
  const { url, expiresAt } = await createGuestLink(server.context, sessionOf(ana), ticketId);
  expect(url).toMatch(/^http:\/\/ventanilla\.test\/video#[\w-]{43}$/);
  expect(expiresAt).toBe(server.clock.now + 15 * 60_000);
  const token = url.split('#')[1]!;
  const browser = newSecret();
  await enter(token, browser);
  expect(await findGuest(server.context, token, browser)).toMatchObject({ ticketId, branchId: office.branch.id });
  const { rows } = await server.context.store.pool.query('SELECT g::text AS row FROM guest_link g');
  for (const { row } of rows as { row: string }[]) {
    expect(row).not.toContain(token);
    expect(row).not.toContain(Buffer.from(token, 'base64url').toString('hex'));
    expect(row).not.toContain(browser);
  }
});

test('[B62] the same browser comes back as often as it likes, another one is told that the link was used', async () => {
  const { id } = await virtual();
  const token = await invite(id);
  const browser = newSecret();
  await enter(token, browser);
  await enter(token, browser);
  await expect(enter(token)).rejects.toMatchObject({ code: 'LINK_USED' });
  expect(await findGuest(server.context, token, newSecret())).toBeNull();
  const lines = (await changesOf(server, `agent:${ana.id}`)).length;
  await call(ana, id);
  await enter(token, browser);
  const after = await changesOf(server, `agent:${ana.id}`);
  expect(after.slice(lines).filter(({ body }) => body.type === 'event.added')).toEqual([]);
});

test('[B62] of two browsers that enter at once one is in', async () => {
  const token = await invite((await virtual()).id);
  const entered = await Promise.allSettled(Array.from({ length: 8 }, () => enter(token)));
  expect(entered.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const each of entered) if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'LINK_USED' });
});

test('[B59] a token that is altered, cut, upper-cased or of nobody is answered alike', async () => {
  const token = await invite((await virtual()).id);
  const altered = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
  for (const wrong of [altered, token.slice(1), `${token}A`, token.toUpperCase(), '', newSecret(), ' '.repeat(43)]) {
    await expect(enter(wrong)).rejects.toMatchObject(invalid);
  }
  await enter(token);
});

test('[T1] a link that nobody has used for a quarter of an hour is over, one that was used is not', async () => {
  const token = await invite((await virtual()).id);
  const used = await invite((await virtual()).id);
  const browser = newSecret();
  await enter(used, browser);
  server.clock.now += 15 * 60_000;
  await expect(enter(token)).rejects.toMatchObject(invalid);
  await enter(used, browser);
});

test('[T1] a link dies with its attention', async () => {
  const { id } = await virtual();
  const token = await invite(id);
  const browser = newSecret();
  await enter(token, browser);
  const quoted = await call(ana, id);
  await deliver(ana, { type: 'attention.begin', ...quoted });
  await deliver(ana, { type: 'attention.finish', ...quoted });
  await expect(enter(token, browser)).rejects.toMatchObject(invalid);
  await expect(invite(id)).rejects.toMatchObject({ code: 'WRONG_STATE' });
});

test('[T1] a revoked link lets nobody in, not even who was', async () => {
  const { id } = await virtual();
  const token = await invite(id);
  const browser = newSecret();
  await enter(token, browser);
  await revokeLink(server.context, sessionOf(ana), id);
  await revokeLink(server.context, sessionOf(ana), id);
  await expect(enter(token, browser)).rejects.toMatchObject(invalid);
  expect(await findGuest(server.context, token, browser)).toBeNull();
});

test('[B79] a new link takes the place of the one before: a ticket has one guest', async () => {
  const { id } = await virtual();
  const first = await invite(id);
  const browser = newSecret();
  await enter(first, browser);
  await expect(invite(id)).rejects.toMatchObject({ code: 'LINK_USED' });
  expect(await findGuest(server.context, first, browser)).not.toBeNull();
  const second = await invite(id, ana, true);
  expect(await findGuest(server.context, first, browser)).toBeNull();
  await expect(enter(first, browser)).rejects.toMatchObject(invalid);
  await enter(second);
});

test('[T12] only who holds a ticket, or attends its service while nobody does, invites its guest', async () => {
  const { id } = await virtual();
  const luis = await newAgent(office, { firstName: 'Luis', main: ['caja'] });
  const eva = await newAgent(office, { firstName: 'Eva', main: ['asesoria'] });
  await expect(invite(id, luis)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await invite(id, eva);
  await call(ana, id);
  await expect(invite(id, eva)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(revokeLink(server.context, sessionOf(eva), id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const stranger = await newAgent(await newOffice(server), { main: ['asesoria'] });
  await expect(invite(id, stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a ticket of the counter has no link', async () => {
  await expect(invite((await issue(office)).id)).rejects.toMatchObject({ code: 'WRONG_STATE' });
});

test('[S2-44] the timeline tells that the link was made, used and revoked', async () => {
  const { id } = await virtual();
  await call(ana, id);
  await enter(await invite(id));
  await revokeLink(server.context, sessionOf(ana), id);
  const told = (await changesOf(server, `agent:${ana.id}`)).flatMap(({ body }) =>
    body.type === 'event.added' ? [body.event.fact.type] : [],
  );
  expect(told).toEqual(['guestLink.created', 'guest.entered', 'guestLink.revoked']);
});

test('[S2-44] a turn’s own page leads into its video, as often as its customer likes, and no other turn does', async () => {
  const turnOf = ({ turnUrl }: { turnUrl: string }) => turnUrl.split('#')[1]!;
  const issued = await virtual();
  const browser = newSecret();
  for (let time = 0; time < 2; time += 1) {
    const url = await inviteByTurn(server.context, turnOf(issued), browser);
    expect(url).toMatch(/^http:\/\/ventanilla\.test\/video#[\w-]{43}$/);
    const token = url.split('#')[1]!;
    await enter(token, browser);
    expect(await findGuest(server.context, token, browser)).toMatchObject({ ticketId: issued.id });
  }
  // The code of a turn is on a kiosk's screen: who photographed it does not take the place of who is in.
  for (const other of [null, newSecret()]) {
    await expect(inviteByTurn(server.context, turnOf(issued), other)).rejects.toMatchObject({ code: 'LINK_USED' });
  }
  await expect(inviteByTurn(server.context, newSecret(), null)).rejects.toMatchObject(invalid);
  await expect(inviteByTurn(server.context, turnOf(await issue(office)), null)).rejects.toMatchObject({
    code: 'WRONG_STATE',
  });
  const quoted = await call(ana, issued.id);
  await deliver(ana, { type: 'attention.noShow', ...quoted, then: 'cancel' });
  await expect(inviteByTurn(server.context, turnOf(issued), browser)).rejects.toMatchObject({ code: 'WRONG_STATE' });
});
