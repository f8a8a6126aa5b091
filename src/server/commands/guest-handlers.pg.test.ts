import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { liftBlock, listGuestBlocks } from '../admin/guest-blocks.ts';
import { forgetOldRows } from '../jobs/forget-old-rows.ts';
import { guestStates } from '../queries/guest-states.ts';
import { newSecret } from '../sessions/secrets.ts';
import { noteOfficeAddress } from '../store/guest-block-rows.ts';
import { attend, call, deliver, headerOf, headerWhen, issue } from '../testing/deliver.ts';
import { newAgent, newBranch, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { changesOf, openServer, type TestServer } from '../testing/open-server.ts';
import { createGuestLink, enterVideo, findGuest, inviteByTurn } from '../video/guest-links.ts';
import { keepReadiness, type KeptReadiness } from '../video/keep-readiness.ts';
import { sendGuestMessage } from '../video/guest-messages.ts';

const DAY = 24 * 3_600_000;
const HERE = '203.0.113.7';
const refused = { code: 'GUEST_BLOCKED' };

let server: TestServer;
let office: TestOffice;
let ana: TestAgent;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  office = await newOffice(server);
  ana = await newAgent(office, { main: ['asesoria'] });
});

const sessionOf = (agent: TestAgent) => ({
  agentId: agent.id,
  companyId: agent.office.companyId,
  deviceId: agent.deviceId,
  id: agent.sessionId,
});
const virtual = (at = office) => issue(at, { service: 'asesoria', kind: 'virtual' });
const linkOf = async (ticketId: string, agent = ana): Promise<string> =>
  (await createGuestLink(server.context, sessionOf(agent), ticketId)).url.split('#')[1]!;
const enter = (token: string, browser = newSecret(), address: string | null = HERE) =>
  enterVideo(server.context, token, browser, address);
const tokenIn = (url: string): string => url.split('#')[1]!;
const words = { reason: 'insults', comment: 'Insultó dos veces' } as const;

/** Somebody who has entered, is attended, and was reported for it. */
async function reported(browser = newSecret()) {
  const issued = await virtual();
  const token = await linkOf(issued.id);
  await enter(token, browser);
  const quoted = await attend(ana, issued.id);
  const id = (await deliver(ana, { type: 'guest.block', ...quoted, ...words })).id;
  return { issued, token, browser, quoted, commandId: id };
}

test('[T30] the agent who reports a guest ends the attention for both, and what is kept are words', async () => {
  const { issued, quoted, token, browser } = await reported();
  const header = await headerOf(office, issued.id);
  expect(header).toMatchObject({ state: 'closed', outcome: 'cancelled', holder: null });
  const guest = await findGuest(server.context, token, browser);
  const states = await guestStates(server.context, office.branch.id, [issued.id]);
  expect(guest).not.toBeNull();
  expect(states.get(issued.id)?.state).toMatchObject({ phase: 'cancelled', isBlocked: true });
  const told = (await changesOf(server, `agent:${ana.id}`)).flatMap(({ body }) =>
    body.type === 'event.added' ? [body.event] : [],
  );
  expect(told.map(({ fact }) => fact.type)).toEqual(['ticket.attended', 'guest.blocked', 'ticket.closed']);
  expect(told[1]).toMatchObject({ agentName: 'Ana Rojas', fact: words });
  const [block] = (await listGuestBlocks(server.context)).filter(({ companyId }) => companyId === office.companyId);
  expect(block).toMatchObject({ turnCode: header.turnCode, agent: `${ana.id}@telecom.test`, ...words, liftedAt: null });
  const audit = await server.context.store.db
    .selectFrom('audit')
    .select(['act', 'agent_id'])
    .where('subject', '=', block!.id)
    .execute();
  expect(audit).toEqual([{ act: 'guest.blocked', agent_id: ana.id }]);
  // Said again, it is no second one.
  expect(await deliver(ana, { type: 'guest.block', ...quoted, ...words })).toMatchObject({
    error: { code: 'STALE_EPOCH' },
  });
});

test('[T30] the browser that was reported is refused at every link of the company for a day, and nowhere else', async () => {
  const { browser } = await reported();
  const branch = await newBranch(server, office.companyId);
  const eva = await newAgent(branch, { main: ['asesoria'] });
  const elsewhere = await linkOf((await virtual(branch)).id, eva);
  await expect(enter(elsewhere, browser, null)).rejects.toMatchObject(refused);
  const own = await virtual();
  const turn = own.turnUrl.split('#')[1]!;
  await expect(inviteByTurn(server.context, turn, browser)).rejects.toMatchObject(refused);
  const other = await newOffice(server);
  const stranger = await newAgent(other, { main: ['asesoria'] });
  await enter(await linkOf((await virtual(other)).id, stranger), browser);
  server.clock.now += DAY;
  await enter(new URL(await inviteByTurn(server.context, turn, browser)).hash.slice(1), browser);
});

test('[T30] a new browser at the same address is refused too, and nobody who is in already', async () => {
  const before = await virtual();
  const token = await linkOf(before.id);
  const neighbour = newSecret();
  await enter(token, neighbour);
  await reported();
  const late = await linkOf((await virtual()).id);
  await expect(enter(late)).rejects.toMatchObject(refused);
  const turn = (await virtual()).turnUrl.split('#')[1]!;
  await expect(inviteByTurn(server.context, turn, null, HERE)).rejects.toMatchObject(refused);
  await enter(late, newSecret(), '203.0.113.8');
  await enter(token, neighbour);
  expect((await guestStates(server.context, office.branch.id, [before.id])).get(before.id)?.state).not.toHaveProperty(
    'isBlocked',
  );
  const other = await newOffice(server);
  const stranger = await newAgent(other, { main: ['asesoria'] });
  await enter(await linkOf((await virtual(other)).id, stranger));
  const next = await linkOf((await virtual()).id);
  server.clock.now += DAY;
  await expect(enter(next)).rejects.toMatchObject({ code: 'LINK_INVALID' });
  await enter(await linkOf((await virtual()).id));
});

test('[T30] the customers of a branch whose own desks and kiosks stand at that address are not shut out with one of them', async () => {
  const { browser } = await reported();
  await noteOfficeAddress(server.context.store.db, office.companyId, HERE, server.clock.now);
  await enter(await linkOf((await virtual()).id));
  await expect(enter(await linkOf((await virtual()).id), browser)).rejects.toMatchObject(refused);
});

test('[T30] what else the reported browser has open ends too: it waits no more and says nothing', async () => {
  const browser = newSecret();
  const other = await virtual();
  const token = await linkOf(other.id);
  await enter(token, browser);
  await reported(browser);
  const { state } = (await guestStates(server.context, office.branch.id, [other.id])).get(other.id)!;
  expect(state).toMatchObject({ phase: 'waiting', isBlocked: true });
  await call(ana, other.id);
  const guest = (await findGuest(server.context, token, browser))!;
  await expect(sendGuestMessage(server.context, guest, uuidv7(), { text: 'x' })).rejects.toMatchObject(refused);
});

test('[T30] [S2-34] the other tickets of the reported browser are ready for no agent any more, in any branch', async () => {
  const browser = newSecret();
  const branch = await newBranch(server, office.companyId);
  const eva = await newAgent(branch, { main: ['asesoria'] });
  const waiting = [
    { at: office, id: (await virtual()).id, agent: ana },
    { at: branch, id: (await virtual(branch)).id, agent: eva },
  ];
  const good = { way: 'relay', roundTripMilliseconds: 60, kilobits: 4_000 } as const;
  const report = { camera: 'ready', microphone: 'ready', path: good } as const;
  const neighbour = (await virtual()).id;
  const pages: KeptReadiness[] = [];
  const open = async (at: TestOffice, id: string, agent: TestAgent, by: string): Promise<void> => {
    const token = await linkOf(id, agent);
    await enter(token, by);
    const page = keepReadiness(server.context, (await findGuest(server.context, token, by))!);
    pages.push(page);
    page.report(report);
    await headerWhen(at, id, ({ readiness }) => readiness?.verdict === 'ready');
  };
  for (const { at, id, agent } of waiting) await open(at, id, agent, browser);
  await open(office, neighbour, ana, newSecret());

  await reported(browser);
  for (const page of pages) page.report({ ...report, camera: 'missing' });
  await headerWhen(office, neighbour, ({ readiness }) => readiness?.verdict === 'audioOnly');
  // Behind what the pages still said.
  await Promise.all(pages.map((page) => page.forget()));
  for (const { at, id } of waiting) {
    expect(await headerOf(at, id)).not.toHaveProperty('readiness');
    const told = (await changesOf(server, `branch:${at.branch.id}`)).flatMap(({ body }) =>
      body.type === 'ticket.put' && body.header.id === id ? [body.header.readiness?.verdict ?? null] : [],
    );
    expect(told.slice(told.indexOf('ready'))).toEqual(['ready', null]);
  }
});

test('[T30] nobody is reported who is not in, by who does not hold the ticket, or at a counter', async () => {
  const { id } = await virtual();
  await linkOf(id);
  const quoted = await attend(ana, id);
  expect(await deliver(ana, { type: 'guest.block', ...quoted, ...words })).toMatchObject({
    error: { code: 'WRONG_STATE' },
  });
  const eva = await newAgent(office, { main: ['asesoria'] });
  expect(await deliver(eva, { type: 'guest.block', ...quoted, ...words })).toMatchObject({
    error: { code: 'STALE_EPOCH' },
  });
  const luis = await newAgent(office, { main: ['caja'] });
  const counter = await attend(luis, (await issue(office)).id);
  expect(await deliver(luis, { type: 'guest.block', ...counter, ...words })).toMatchObject({
    error: { code: 'WRONG_STATE' },
  });
});

test('[T30] who was put out by a new link can be reported until somebody comes by it, and nobody of an attention before', async () => {
  const { id } = await virtual();
  const browser = newSecret();
  await enter(await linkOf(id), browser);
  const again = async () => (await createGuestLink(server.context, sessionOf(ana), id, { isReplacing: true })).url;
  const first = await call(ana, id);
  server.clock.now += 1_000;
  await again();
  await again();
  expect(await deliver(ana, { type: 'attention.noShow', ...first, then: 'requeue' })).toMatchObject({
    status: 'accepted',
  });
  server.clock.now += 1_000;
  const second = await attend(ana, id);
  expect(await deliver(ana, { type: 'guest.block', ...second, ...words })).toMatchObject({
    error: { code: 'WRONG_STATE' },
  });
  const next = newSecret();
  await enter(tokenIn(await again()), next);
  server.clock.now += 1_000;
  await again();
  expect(await deliver(ana, { type: 'guest.block', ...second, ...words })).toMatchObject({ status: 'accepted' });
  const other = await linkOf((await virtual()).id);
  await expect(enter(other, next, null)).rejects.toMatchObject(refused);
  await enter(other, browser, null);
});

test('[T30] an administrator lets a reported guest in again, once, and it is on record', async () => {
  const { browser } = await reported();
  const { id } = (await listGuestBlocks(server.context)).find(({ companyId }) => companyId === office.companyId)!;
  expect((await liftBlock(server.context, id)).liftedAt).toBe(server.clock.now);
  server.clock.now += 1_000;
  expect((await liftBlock(server.context, id)).liftedAt).toBe(server.clock.now - 1_000);
  await enter(await linkOf((await virtual()).id), browser);
  await enter(await linkOf((await virtual()).id));
  const acts = await server.context.store.db.selectFrom('audit').select('act').where('subject', '=', id).execute();
  expect(acts.map(({ act }) => act).toSorted()).toEqual(['guest.blocked', 'guest.unblocked']);
  await expect(liftBlock(server.context, newSecret())).rejects.toThrow('guest list');
});

test('[T30] [T26] where guests were is forgotten: of an entry after two days, of a report at its end', async () => {
  await reported();
  const addresses = async () => {
    const { rows } = await server.context.store.pool.query<{ address: string | null }>(
      'SELECT address FROM guest_link UNION ALL SELECT address FROM guest_block',
    );
    return rows.filter(({ address }) => address !== null).length;
  };
  await forgetOldRows(server.context);
  expect(await addresses()).toBeGreaterThan(1);
  server.clock.now += 2 * DAY + 1;
  await forgetOldRows(server.context);
  expect(await addresses()).toBe(0);
});
