import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { nobody, runWork } from '../changes/work.ts';
import { moveTicket } from '../commands/move-ticket.ts';
import { guestStates } from '../queries/guest-states.ts';
import { findTurn, turnStates } from '../queries/turn-state.ts';
import { newSecret } from '../sessions/secrets.ts';
import { lockTicket } from '../store/ticket-rows.ts';
import { attend, call, deliver, headerOf, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { changesOf, NINE, openServer, type TestServer } from '../testing/open-server.ts';
import { enterVideo, findGuest, inviteByTurn } from './guest-links.ts';
import { renewTurn } from './renew-turn.ts';

const olga = { documentType: 'CC', documentNumber: '1020304050', firstName: 'Olga', lastName: 'Zapatoca' };

let server: TestServer;
let office: TestOffice;
let ana: TestAgent;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.now = NINE;
  office = await newOffice(server);
  ana = await newAgent(office, { main: ['caja', 'asesoria'], isManual: true });
});

const tokenIn = (url: string): string => url.split('#')[1]!;
const turn = async () => {
  const { id, turnUrl } = await issue(office, { contact: olga, priority: 'preferente' });
  return { id, token: tokenIn(turnUrl) };
};
/** A guest in the video of a turn, in the browser of its page. */
const guest = async () => {
  const { id, turnUrl } = await issue(office, { service: 'asesoria', kind: 'virtual', contact: olga });
  const browser = newSecret();
  const token = tokenIn(await inviteByTurn(server.context, tokenIn(turnUrl), browser));
  await enterVideo(server.context, token, browser);
  return { id, token, browser, turnToken: tokenIn(turnUrl) };
};
const miss = async (ticketId: string, then: 'cancel' | 'requeue' = 'cancel'): Promise<void> => {
  expect(await deliver(ana, { type: 'attention.noShow', ...(await call(ana, ticketId)), then })).toMatchObject({
    status: 'accepted',
  });
};
const renew = (token: string, page: 'turn' | 'video' = 'turn', browser: string | null = null) =>
  renewTurn(server.context, { token, page }, browser);
const turnIs = async (id: string) => (await turnStates(server.context, office.branch.id, [id])).get(id);
const guestIs = async (id: string) => (await guestStates(server.context, office.branch.id, [id])).get(id)?.state;

test('[S2-35] who did not come, and whose turn was cancelled, are told so and may have another one; who was attended not', async () => {
  const [missed, cancelled, attended] = [await turn(), await turn(), await turn()];
  await miss(missed.id);
  await deliver(ana, { type: 'ticket.cancel', ticketId: cancelled.id });
  const quoted = await attend(ana, attended.id);
  await deliver(ana, { type: 'attention.finish', ...quoted });
  expect(await turnIs(missed.id)).toMatchObject({ state: 'noShow', canRenew: true });
  expect(await turnIs(cancelled.id)).toMatchObject({ state: 'cancelled', canRenew: true });
  expect(await turnIs(attended.id)).not.toHaveProperty('canRenew');
  const video = await guest();
  await miss(video.id);
  expect(await guestIs(video.id)).toMatchObject({ phase: 'noShow', canRenew: true });
});

test('[S2-35] [S2-22] who goes back to the line is told why, until the next call', async () => {
  const [missed, moved, video] = [await turn(), await turn(), await guest()];
  server.clock.now += 600_000;
  await miss(missed.id, 'requeue');
  await deliver(ana, { type: 'ticket.requeue', ticketId: moved.id });
  await miss(video.id, 'requeue');
  expect(await turnIs(missed.id)).toMatchObject({ state: 'waiting', requeued: 'noShow' });
  expect(await turnIs(moved.id)).toMatchObject({ state: 'waiting', requeued: 'byAgent' });
  expect(await guestIs(video.id)).toMatchObject({ phase: 'waiting', requeued: 'noShow' });
  await call(ana, missed.id);
  expect(await turnIs(missed.id)).not.toHaveProperty('requeued');
});

test('[S2-35] a turn that came back for another reason since then is told the same reason as before', async () => {
  const [missed, moved] = [await turn(), await turn()];
  server.clock.now += 600_000;
  await miss(missed.id, 'requeue');
  await deliver(ana, { type: 'ticket.requeue', ticketId: moved.id });
  server.clock.now += 600_000;
  for (const { id } of [missed, moved]) {
    await deliver(ana, {
      type: 'attention.transfer',
      ...(await attend(ana, id)),
      serviceId: office.services.asesoria,
      comment: '',
    });
  }
  expect(await turnIs(missed.id)).toMatchObject({ state: 'waiting', requeued: 'noShow' });
  expect(await turnIs(moved.id)).toMatchObject({ state: 'waiting', requeued: 'byAgent' });
  await deliver(ana, { type: 'ticket.requeue', ticketId: missed.id });
  expect(await turnIs(missed.id)).toMatchObject({ requeued: 'byAgent' });
});

test('[S2-35] only what an agent moved is told to be moved by the branch', async () => {
  const [moved, bare, video] = [await turn(), await turn(), await guest()];
  const { store } = server.context;
  for (const { id } of [moved, bare, video]) {
    await runWork(server.context, async (work) => {
      const row = (await lockTicket(work.tx, office.companyId, id))!;
      await moveTicket(work, row, { type: 'requeue' }, { type: 'ticket.requeued' }, nobody);
    });
  }
  await store.db.deleteFrom('event').where('ticket_id', '=', bare.id).execute();
  for (const { id } of [moved, bare]) expect(await turnIs(id)).toMatchObject({ state: 'waiting', requeued: 'moved' });
  expect(await guestIs(video.id)).toMatchObject({ phase: 'waiting', requeued: 'moved' });
});

test('[S2-35] [PT5] the other turn is of the same customer and service, at the end of the line, and both timelines tell of it', async () => {
  const { id, token } = await turn();
  await miss(id);
  server.clock.now += 60_000;
  const last = await turn();
  server.clock.now += 60_000;
  const url = await renew(token);
  expect(url).toMatch(/^http:\/\/ventanilla\.test\/turn#[\w-]{43}$/);
  const next = (await findTurn(server.context, tokenIn(url)))!;
  expect(next.ticketId).not.toBe(id);
  const [before, after] = [await headerOf(office, id), await headerOf(office, next.ticketId)];
  expect(before).toMatchObject({ state: 'closed', outcome: 'noShow' });
  const { serviceId, kind, priority, origin, displayName, documentLast4 } = before;
  expect(after).toMatchObject({ serviceId, kind, priority, origin, displayName, documentLast4, state: 'waiting' });
  expect(after).toMatchObject({ waitingSince: server.clock.now, requeues: 0, epoch: 0 });
  expect(after.turnCode).not.toBe(before.turnCode);
  expect(await turnIs(next.ticketId)).toMatchObject({ ahead: 1 });
  expect(await turnIs(last.id)).toMatchObject({ ahead: 0 });
  const { rows } = await server.context.store.pool.query(
    'SELECT contact_id FROM ticket WHERE id = ANY ($1::uuid[]) GROUP BY contact_id',
    [[id, next.ticketId]],
  );
  expect(rows).toHaveLength(1);
  const { rows: created } = await server.context.store.pool.query('SELECT fact FROM event WHERE ticket_id = $1', [
    next.ticketId,
  ]);
  expect(created).toMatchObject([{ fact: { type: 'ticket.created', renews: before.number } }]);
  const told = (await changesOf(server, `agent:${ana.id}`)).flatMap(({ body }) =>
    body.type === 'event.added' && body.event.fact.type === 'ticket.renewed' ? [body.event.fact] : [],
  );
  expect(told).toEqual([{ type: 'ticket.renewed', number: after.number, turnCode: after.turnCode }]);
});

test('[R9] [PT5] asked again, and by many at once, it is the same turn, known by the same address', async () => {
  const { id, token } = await turn();
  await miss(id);
  const urls = await Promise.all(Array.from({ length: 6 }, () => renew(token)));
  urls.push(await renew(token));
  expect(new Set(urls).size).toBe(1);
  const { rows } = await server.context.store.pool.query('SELECT id FROM ticket WHERE renews = $1', [id]);
  expect(rows).toHaveLength(1);
});

test('[S2-35] [S2-44] from the page of a video it is another video, with a link of this browser’s own', async () => {
  const { id, token, browser } = await guest();
  await miss(id);
  const url = await renew(token, 'video', browser);
  expect(url).toMatch(/^http:\/\/ventanilla\.test\/video#[\w-]{43}\.[\w-]{43}$/);
  const [link, turnToken] = tokenIn(url).split('.');
  const found = await findGuest(server.context, link!, browser);
  expect(await headerOf(office, found!.ticketId)).toMatchObject({ kind: 'virtual', state: 'waiting' });
  expect((await findTurn(server.context, turnToken!))?.ticketId).toBe(found!.ticketId);
  expect(found!.ticketId).not.toBe(id);
  // Once more: the same turn, another link.
  const [again] = tokenIn(await renew(token, 'video', browser)).split('.');
  expect((await findGuest(server.context, again!, browser))?.ticketId).toBe(found!.ticketId);
  expect(await findGuest(server.context, link!, browser)).toBeNull();
  const { rows } = await server.context.store.pool.query<{ type: string }>(
    `SELECT fact ->> 'type' AS type FROM event WHERE ticket_id = $1 ORDER BY position`,
    [found!.ticketId],
  );
  expect(rows.map(({ type }) => type)).toEqual(['ticket.created', 'guest.entered']);
});

test('[T1] [T12] nobody else gets one: not another browser, a token of nobody, or one of another kind', async () => {
  const { id, token, browser, turnToken } = await guest();
  await miss(id);
  for (const other of [null, newSecret()]) {
    await expect(renew(token, 'video', other)).rejects.toMatchObject({ code: 'LINK_INVALID' });
    await expect(renew(turnToken, 'turn', other)).rejects.toMatchObject({ code: 'LINK_USED' });
  }
  for (const wrong of ['', newSecret(), turnToken]) {
    await expect(renew(wrong, 'video', browser)).rejects.toMatchObject({ code: 'LINK_INVALID' });
  }
  await expect(renew(token, 'turn', browser)).rejects.toMatchObject({ code: 'LINK_INVALID' });
  expect(await renew(turnToken, 'turn', browser)).toContain('/turn#');
});

test('[PT5] none for an open turn, for one that was attended, and on another day', async () => {
  const open = await turn();
  await expect(renew(open.token)).rejects.toMatchObject({ code: 'WRONG_STATE' });
  const quoted = await attend(ana, open.id);
  await deliver(ana, { type: 'attention.finish', ...quoted });
  await expect(renew(open.token)).rejects.toMatchObject({ code: 'WRONG_STATE' });
  const missed = await turn();
  await miss(missed.id);
  server.clock.now += 16 * 3_600_000;
  expect(await turnIs(missed.id)).not.toHaveProperty('canRenew');
  await expect(renew(missed.token)).rejects.toMatchObject({ code: 'WRONG_STATE' });
});

const report = async (ticketId: string): Promise<void> => {
  const words = { reason: 'insults', comment: '' } as const;
  const quoted = await call(ana, ticketId);
  expect(await deliver(ana, { type: 'guest.block', ...quoted, ...words })).toMatchObject({ status: 'accepted' });
};

test('[T30] [PT5] a guest who was reported while called is offered no other turn and gets none, from either page', async () => {
  const { id, token, browser, turnToken } = await guest();
  await report(id);
  expect(await turnIs(id)).toMatchObject({ state: 'cancelled' });
  expect(await turnIs(id)).not.toHaveProperty('canRenew');
  expect(await guestIs(id)).toMatchObject({ isBlocked: true });
  expect(await guestIs(id)).not.toHaveProperty('canRenew');
  const refused = { code: 'GUEST_BLOCKED' };
  await expect(renew(turnToken, 'turn', browser)).rejects.toMatchObject(refused);
  await expect(renew(token, 'video', browser)).rejects.toMatchObject(refused);
  // Nor from a browser without the cookie, where the link was taken away.
  await server.context.store.pool.query('UPDATE guest_link SET revoked_at = now() WHERE ticket_id = $1', [id]);
  await expect(renew(turnToken, 'turn', null)).rejects.toMatchObject(refused);
  const { rows } = await server.context.store.pool.query('SELECT id FROM ticket WHERE renews = $1', [id]);
  expect(rows).toEqual([]);
});

test('[T30] [PT5] a browser that was reported gets no other video in the place of one that it missed before', async () => {
  const missed = await guest();
  await miss(missed.id);
  const { id, turnUrl } = await issue(office, { service: 'asesoria', kind: 'virtual', contact: olga });
  await inviteByTurn(server.context, tokenIn(turnUrl), missed.browser).then((url) =>
    enterVideo(server.context, tokenIn(url), missed.browser),
  );
  await report(id);
  await expect(renew(missed.turnToken, 'turn', missed.browser)).rejects.toMatchObject({ code: 'GUEST_BLOCKED' });
  // At a counter they are attended as everybody.
  const counter = await turn();
  await miss(counter.id);
  expect(await renew(counter.token, 'turn', missed.browser)).toContain('/turn#');
});
