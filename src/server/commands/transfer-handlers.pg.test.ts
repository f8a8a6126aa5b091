import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TransferOffer } from '../../protocol/video/transfer-offer.ts';
import { colleaguesFor } from '../queries/colleagues.ts';
import { openOffersOf } from '../queries/present-offer.ts';
import { newSecret } from '../sessions/secrets.ts';
import { deleteCompany } from '../store/company-rows.ts';
import { readOffer } from '../store/offer-rows.ts';
import { attend, call, deliver, headerOf, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { changesOf, openServer, type TestServer } from '../testing/open-server.ts';
import { completeTransfer } from '../video/complete-transfer.ts';
import { createGuestLink, enterVideo, findGuest } from '../video/guest-links.ts';
import { settleOffer } from '../dispatch/settle-offer.ts';
import { dispatchBranch } from '../dispatch/dispatch-branch.ts';
import { runWork } from '../changes/work.ts';
import { readDue } from '../store/due-rows.ts';

let server: TestServer;
let office: TestOffice;
let ana: TestAgent;
let luis: TestAgent;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  office = await newOffice(server);
  ana = await newAgent(office, { main: ['asesoria'] });
  luis = await newAgent(office, { firstName: 'Luis', main: ['caja'], support: ['asesoria'] });
});

const olga = { documentType: 'CC', documentNumber: '1020304050', firstName: 'Olga', lastName: 'Zapatoca' };
const sessionOf = (agent: TestAgent) => ({
  agentId: agent.id,
  companyId: agent.office.companyId,
  deviceId: agent.deviceId,
  id: agent.sessionId,
});
const accepted = { status: 'accepted' };
const refusedWith = (code: string, field?: string) => ({
  status: 'refused',
  error: { code, ...(field !== undefined && { field }) },
});

/** A video that Ana attends, its guest, and an offer of it to Luis. */
async function offered(comment = 'Pide otra firma') {
  const { id: ticketId } = await issue(office, { service: 'asesoria', kind: 'virtual', contact: olga });
  const held = await attend(ana, ticketId);
  await deliver(ana, { type: 'note.add', ticketId, text: 'canario secreto' });
  const { url } = await createGuestLink(server.context, sessionOf(ana), ticketId);
  const token = url.split('#')[1]!;
  const browser = newSecret();
  await enterVideo(server.context, token, browser);
  const guest = (await findGuest(server.context, token, browser))!;
  const quoted = { ...held, offerId: uuidv7() };
  const before = await headerOf(office, ticketId);
  const answer = await deliver(ana, { type: 'transfer.offer', ...quoted, agentId: luis.id, comment });
  expect(answer).toMatchObject(accepted);
  return { ticketId, quoted, guest, before };
}

const accept = (quoted: object, agent = luis) => deliver(agent, { type: 'transfer.accept', ...quoted } as never);
const offersTo = async (agent: TestAgent): Promise<TransferOffer[]> =>
  (await changesOf(server, `agent:${agent.id}`)).flatMap(({ body }) =>
    body.type === 'transfer.put' ? [body.offer] : [],
  );
const statesTo = async (agent: TestAgent): Promise<string[]> => (await offersTo(agent)).map(({ state }) => state);
const factsOf = async (ticketId: string): Promise<string[]> => {
  const { db } = server.context.store;
  const rows = await db
    .selectFrom('event')
    .select('fact')
    .where('ticket_id', '=', ticketId)
    .orderBy('position')
    .execute();
  return rows.map(({ fact }) => fact.type).filter((type) => type.startsWith('transfer.'));
};
const settle = (offerId: string): Promise<unknown> => runWork(server.context, (work) => settleOffer(work, offerId));
const dueOf = async (offerId: string): Promise<boolean> =>
  (await readDue(server.context.store.db, server.clock.now + 3_600_000)).some(({ subjectId }) => subjectId === offerId);

/** As before: the same header, nobody has anything open. */
async function expectAsBefore({ ticketId, quoted, before }: Awaited<ReturnType<typeof offered>>, fact: string) {
  expect(await headerOf(office, ticketId)).toEqual(before);
  expect(await openOffersOf(server.context.store.db, luis.id)).toEqual([]);
  expect((await factsOf(ticketId)).at(-1)).toBe(fact);
  expect(await dueOf(quoted.offerId)).toBe(false);
  expect(await deliver(ana, { type: 'attention.finish', ...without(quoted) })).toMatchObject(accepted);
}
const without = ({ ticketId, attentionId, epoch }: { ticketId: string; attentionId: string; epoch: number }) => ({
  ticketId,
  attentionId,
  epoch,
});

test('[S2-37] accepted, and the media flow: the ticket passes on in one step, its clocks kept', async () => {
  const { ticketId, quoted, guest, before } = await offered();
  expect(await accept(quoted)).toMatchObject(accepted);
  expect(await headerOf(office, ticketId)).toEqual(before);
  await completeTransfer(server.context, guest, quoted.offerId);
  const { nextAttentionId } = (await offersTo(luis)).at(-1)!;
  expect(await headerOf(office, ticketId)).toEqual({
    ...before,
    epoch: 2,
    holder: {
      agentId: luis.id,
      agentName: 'Luis Rojas',
      moduleId: luis.moduleId,
      attentionId: nextAttentionId,
      epoch: 2,
    },
  });
  expect(await statesTo(ana)).toEqual(['offered', 'accepted', 'completed']);
  expect(await statesTo(luis)).toEqual(['offered', 'accepted', 'completed']);
  expect(await factsOf(ticketId)).toEqual(['transfer.offered', 'transfer.accepted', 'transfer.completed']);
  const attentions = await server.context.store.db
    .selectFrom('attention')
    .select(['agent_id', 'epoch', 'end_cause', 'begun_at'])
    .where('ticket_id', '=', ticketId)
    .orderBy('epoch')
    .execute();
  expect(attentions).toMatchObject([
    { agent_id: ana.id, epoch: 1, end_cause: 'transferred' },
    { agent_id: luis.id, epoch: 2, end_cause: null },
  ]);
  expect(attentions[1]?.begun_at).not.toBeNull();
  // Ana is free for the next, Luis finishes.
  expect(await deliver(ana, { type: 'attention.finish', ...without(quoted) })).toMatchObject(
    refusedWith('STALE_EPOCH'),
  );
  const { id: other } = await issue(office, { service: 'asesoria', kind: 'virtual' });
  await call(ana, other);
  const now = { ticketId, attentionId: nextAttentionId, epoch: 2 };
  expect(await deliver(luis, { type: 'attention.finish', ...now })).toMatchObject(accepted);
});

test('[S2-37] the state that was chosen for after the attention comes with the passing on', async () => {
  const { quoted, guest } = await offered();
  await deliver(ana, { type: 'status.chooseNext', state: 'lunch' });
  await accept(quoted);
  await completeTransfer(server.context, guest, quoted.offerId);
  const changes = await changesOf(server, `agent:${ana.id}`);
  const statuses = changes.flatMap(({ body }) => (body.type === 'status.put' ? [body.status.state] : []));
  expect(statuses.at(-1)).toBe('lunch');
});

test('[T12] [TO5] until the ticket is theirs the colleague gets the card alone: no content, no document', async () => {
  const { ticketId, quoted, guest } = await offered();
  await accept(quoted);
  const before = JSON.stringify(await changesOf(server, `agent:${luis.id}`));
  expect((await offersTo(luis))[0]).toMatchObject({
    comment: 'Pide otra firma',
    card: { customerName: expect.stringContaining('Olga') as string, notes: 1, topics: 0 },
  });
  for (const canary of ['canario', '1020304050', 'content.put']) expect(before).not.toContain(canary);
  await completeTransfer(server.context, guest, quoted.offerId);
  const bodies = (await changesOf(server, `agent:${luis.id}`)).map(({ body }) => body);
  expect(bodies).toContainEqual(expect.objectContaining({ type: 'content.put' }));
  const toAna = (await changesOf(server, `agent:${ana.id}`)).map(({ body }) => body);
  expect(toAna).toContainEqual({ type: 'content.gone', ticketId });
});

test('[S2-37] declined, with the reason, everything is as before', async () => {
  const offer = await offered();
  await deliver(luis, { type: 'transfer.decline', ...offer.quoted, reason: 'Salgo a almorzar' });
  expect((await offersTo(ana)).at(-1)).toMatchObject({ state: 'declined', reason: 'Salgo a almorzar' });
  await expectAsBefore(offer, 'transfer.declined');
});

test.each([false, true])(
  '[S2-37] taken back (accepted: %s), everything is as before, and the media come too late',
  async (isAccepted) => {
    const offer = await offered();
    if (isAccepted) await accept(offer.quoted);
    expect(await deliver(ana, { type: 'transfer.cancel', ...offer.quoted })).toMatchObject(accepted);
    await completeTransfer(server.context, offer.guest, offer.quoted.offerId);
    expect(await accept(offer.quoted)).toMatchObject(refusedWith('OFFER_OVER'));
    await expectAsBefore(offer, 'transfer.cancelled');
  },
);

test('[S2-37] [TO2] nobody answers in 30 s: it ends by itself, once, whichever of two servers looks', async () => {
  const offer = await offered();
  const { offerId } = offer.quoted;
  await settle(offerId);
  expect(await statesTo(luis)).toEqual(['offered']);
  server.clock.now += 30_000;
  await Promise.all([settle(offerId), settle(offerId)]);
  expect(await statesTo(luis)).toEqual(['offered', 'timedOut']);
  expect(await accept(offer.quoted)).toMatchObject(refusedWith('OFFER_OVER'));
  await expectAsBefore(offer, 'transfer.timedOut');
});

test('[S2-37] [TO2] accepted, and no media in 15 s: as before; media that come after are too late', async () => {
  const offer = await offered();
  await accept(offer.quoted);
  server.clock.now += 15_000;
  await completeTransfer(server.context, offer.guest, offer.quoted.offerId);
  await settle(offer.quoted.offerId);
  await completeTransfer(server.context, offer.guest, offer.quoted.offerId);
  expect((await offersTo(ana)).at(-1)).toMatchObject({ state: 'failed', failure: 'noMedia' });
  await expectAsBefore(offer, 'transfer.failed');
});

test('[S2-37] the attention ends while it is offered: the offer ends with it, and the colleague is free', async () => {
  const { ticketId, quoted, guest } = await offered();
  await accept(quoted);
  await deliver(ana, { type: 'attention.finish', ...without(quoted) });
  expect((await offersTo(luis)).at(-1)).toMatchObject({ state: 'failed', failure: 'ticketMoved' });
  await completeTransfer(server.context, guest, quoted.offerId);
  expect((await headerOf(office, ticketId)).state).toBe('closed');
  expect(await openOffersOf(server.context.store.db, luis.id)).toEqual([]);
});

test('[S2-37] the colleague took a customer of the counter meanwhile: it fails, and stays with who had it', async () => {
  const offer = await offered();
  await accept(offer.quoted);
  // As "Atender ahora" without the line does, which nothing refuses.
  const { id } = await issue(office);
  await server.context.store.db
    .updateTable('ticket')
    .set({ holder_id: luis.id, state: 'attending' })
    .where('id', '=', id)
    .execute();
  await completeTransfer(server.context, offer.guest, offer.quoted.offerId);
  expect((await offersTo(ana)).at(-1)).toMatchObject({ state: 'failed', failure: 'colleagueGone' });
  await expectAsBefore(offer, 'transfer.failed');
});

test('[TO4] while one is open nobody else is called for the colleague, nor a second video offered to them', async () => {
  const offer = await offered();
  const { id: waiting } = await issue(office);
  await runWork(server.context, (work) => dispatchBranch(work, office.branch.id));
  expect((await headerOf(office, waiting)).state).toBe('waiting');
  const eva = await newAgent(office, { firstName: 'Eva', main: ['asesoria'], isManual: true });
  const { id: ticketId } = await issue(office, { service: 'asesoria', kind: 'virtual' });
  const other = { ...(await attend(eva, ticketId)), offerId: uuidv7() };
  expect(await deliver(eva, { type: 'transfer.offer', ...other, agentId: luis.id, comment: '' })).toMatchObject(
    refusedWith('COLLEAGUE_UNAVAILABLE', 'agentId'),
  );
  expect(await deliver(eva, { type: 'transfer.offer', ...other, agentId: ana.id, comment: '' })).toMatchObject(
    refusedWith('COLLEAGUE_UNAVAILABLE', 'agentId'),
  );
  await accept(offer.quoted);
  const byHand = await deliver(luis, { type: 'ticket.call', ticketId: waiting, attentionId: uuidv7() });
  expect(byHand).toMatchObject(refusedWith('BUSY_AGENT'));
  await deliver(ana, { type: 'transfer.cancel', ...offer.quoted });
  await runWork(server.context, (work) => dispatchBranch(work, office.branch.id));
  expect((await headerOf(office, waiting)).holder?.agentId).toBe(luis.id);
});

test('[TO4] whoever attends somebody cannot accept', async () => {
  const { quoted } = await offered();
  const { id } = await issue(office);
  await call(luis, id);
  expect(await accept(quoted)).toMatchObject(refusedWith('BUSY_AGENT'));
});

test('[T12] an offer is made, answered and taken back by nobody but its own', async () => {
  const { ticketId, quoted, guest } = await offered();
  const eva = await newAgent(office, { firstName: 'Eva', main: ['asesoria'] });
  const elsewhere = await newAgent(await newOffice(server), { main: ['asesoria'] });
  const missing = refusedWith('NOT_FOUND');
  for (const stranger of [eva, elsewhere, ana]) expect(await accept(quoted, stranger)).toMatchObject(missing);
  for (const stranger of [eva, elsewhere, ana]) {
    expect(await deliver(stranger, { type: 'transfer.decline', ...quoted, reason: '' })).toMatchObject(missing);
  }
  expect(await deliver(luis, { type: 'transfer.cancel', ...quoted })).toMatchObject(refusedWith('STALE_EPOCH'));
  expect(await accept({ ...quoted, epoch: 9 })).toMatchObject(refusedWith('STALE_EPOCH'));
  await accept(quoted);
  // A guest of another ticket, and one whose link was revoked.
  await completeTransfer(server.context, { ...guest, ticketId: uuidv7() }, quoted.offerId);
  await completeTransfer(server.context, { ...guest, id: uuidv7() }, quoted.offerId);
  expect((await headerOf(office, ticketId)).holder?.agentId).toBe(ana.id);
  expect((await readOffer(server.context.store.db, quoted.offerId))?.state).toBe('accepted');
});

test('[T12] nothing is offered to who is not of the branch, the service or the company, nor by who does not hold it', async () => {
  const { id: ticketId } = await issue(office, { service: 'asesoria', kind: 'virtual' });
  const held = await attend(ana, ticketId);
  const counter = await newAgent(office, { firstName: 'Caja', main: ['caja'] });
  const elsewhere = await newAgent(await newOffice(server), { main: ['asesoria'] });
  const offer = (agentId: string, by = ana) =>
    deliver(by, { type: 'transfer.offer', ...held, offerId: uuidv7(), agentId, comment: '' });
  for (const agentId of [counter.id, elsewhere.id, ana.id, uuidv7()]) {
    expect(await offer(agentId)).toMatchObject(refusedWith('NOT_FOUND', 'agentId'));
  }
  expect(await offer(ana.id, luis)).toMatchObject(refusedWith('STALE_EPOCH'));
  await expect(colleaguesFor(server.context, sessionOf(luis), ticketId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('[S2-37] [TO4] the list of colleagues: main service first, who cannot take it last, with the reason', async () => {
  const { id: ticketId } = await issue(office, { service: 'asesoria', kind: 'virtual' });
  await attend(ana, ticketId);
  const eva = await newAgent(office, { firstName: 'Eva', main: ['asesoria'] });
  await newAgent(office, { firstName: 'Zoe', main: ['asesoria'], state: 'lunch' });
  const { colleagues } = await colleaguesFor(server.context, sessionOf(ana), ticketId);
  expect(colleagues.map(({ agentId, level, obstacle }) => [agentId, level, obstacle]).slice(0, 2)).toEqual([
    [eva.id, 'main', null],
    [luis.id, 'support', null],
  ]);
  expect(colleagues[2]).toMatchObject({ name: 'Zoe Rojas', obstacle: 'notOnline' });
  await issue(office).then(({ id }) => call(luis, id));
  const again = await colleaguesFor(server.context, sessionOf(ana), ticketId);
  expect(again.colleagues.find(({ agentId }) => agentId === luis.id)?.obstacle).toBe('busy');
});

test('[R1] two servers hear that the media flow, and one more finishes: the ticket has one holder throughout', async () => {
  const { ticketId, quoted, guest } = await offered();
  await accept(quoted);
  const beside = await openServer({ beside: server });
  try {
    const [, , finish] = await Promise.all([
      completeTransfer(server.context, guest, quoted.offerId),
      completeTransfer(beside.context, guest, quoted.offerId),
      deliver(ana, { type: 'attention.finish', ...without(quoted) }),
    ]);
    const header = await headerOf(office, ticketId);
    const last = (await statesTo(luis)).at(-1);
    if (finish.status === 'accepted') {
      expect([header.state, header.epoch, last]).toEqual(['closed', 1, 'failed']);
    } else {
      expect([header.holder?.agentId, header.epoch, last]).toEqual([luis.id, 2, 'completed']);
    }
  } finally {
    await beside.close();
  }
});

test('[R9] a crash between the answer and the media leaves nothing half: the next look ends it', async () => {
  const offer = await offered();
  await accept(offer.quoted);
  // The process that would have heard the guest is gone; what stands in the database is the accepted offer and its due time.
  const next = await openServer({ beside: server });
  try {
    server.clock.now += 15_000;
    const due = await readDue(next.context.store.db, server.clock.now);
    expect(due).toContainEqual(expect.objectContaining({ kind: 'transfer', subjectId: offer.quoted.offerId }));
    await runWork(next.context, (work) => settleOffer(work, offer.quoted.offerId));
  } finally {
    await next.close();
  }
  await expectAsBefore(offer, 'transfer.failed');
});

test('a company that has passed videos on can be removed', async () => {
  const { quoted, guest } = await offered();
  await accept(quoted);
  await completeTransfer(server.context, guest, quoted.offerId);
  await server.context.store.db.transaction().execute((tx) => deleteCompany(tx, office.companyId));
  expect(await readOffer(server.context.store.db, quoted.offerId)).toBeNull();
});
