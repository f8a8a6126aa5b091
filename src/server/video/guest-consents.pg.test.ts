import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Consent } from '../../protocol/video/consent.ts';
import { recordUnanswered } from '../evidence/record-unanswered.ts';
import { newSecret } from '../sessions/secrets.ts';
import { attend, deliver, headerOf, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../testing/office-factory.ts';
import { changesOf, openServer, type TestServer } from '../testing/open-server.ts';
import { guestStates } from '../queries/guest-states.ts';
import { putTerms, readTermsInForce } from '../store/terms-rows.ts';
import { answerConsent, seeConsent, withdrawConsent } from './guest-consents.ts';
import { createGuestLink, enterVideo, revokeLink } from './guest-links.ts';

const TEXT = 'Acepta el contrato por doce meses.';
const FOLIO = /^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/;

let server: TestServer;
let office: TestOffice;
let ana: TestAgent;
let browser: string;
let quoted: { ticketId: string; attentionId: string; epoch: number };
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  office = await newOffice(server);
  ana = await newAgent(office, { main: ['caja', 'asesoria'] });
  browser = newSecret();
  const { id } = await issue(office, { service: 'asesoria', kind: 'virtual' });
  await enter(id);
  quoted = await attend(ana, id);
});

const session = () => ({ agentId: ana.id, companyId: office.companyId, deviceId: ana.deviceId, id: ana.sessionId });
/** By a new link, which puts whoever was in out. */
const enter = async (ticketId: string, by = browser): Promise<void> => {
  const { url } = await createGuestLink(server.context, session(), ticketId, { isReplacing: true });
  await enterVideo(server.context, url.split('#')[1]!, by);
};
const guest = (of = browser) => ({ browser: of, ip: '203.0.113.7', userAgent: 'Teléfono' });
const ask = (more: object = {}) =>
  deliver(ana, { type: 'consent.ask', ...quoted, termsId: null, title: 'Contrato', text: TEXT, ...more });
const asked = async (): Promise<Consent> => {
  const bodies = (await changesOf(server, `agent:${ana.id}`)).map(({ body }) => body);
  const last = bodies.findLast((body) => body.type === 'consent.put');
  if (last?.type !== 'consent.put') throw new Error('nothing asked');
  return last.consent;
};
const open = ({ id, sha256 }: Consent, of = browser) =>
  seeConsent(server.context, guest(of), { id, sha256, what: 'opened' });
const answer = ({ id, sha256 }: Consent, what: 'accepted' | 'refused', of = browser) =>
  answerConsent(server.context, server.evidence, guest(of), { id, sha256, answer: what });
const refused = (code: string) => ({ status: 'refused', error: { code } });
const guestSees = async () =>
  (await guestStates(server.context, office.branch.id, [quoted.ticketId])).get(quoted.ticketId)?.state;
const facts = async (): Promise<string[]> =>
  (await changesOf(server, `agent:${ana.id}`)).flatMap(({ body }) =>
    body.type === 'event.added' && body.event.fact.type.startsWith('consent.') ? [body.event.fact.type] : [],
  );

test('[S2-41] [T24] what the agent sends is frozen, the guest opens, reads and accepts it, and both hold the same folio', async () => {
  expect(await ask()).toMatchObject({ status: 'accepted' });
  const consent = await asked();
  expect(consent).toMatchObject({ state: 'asked', text: TEXT, version: consent.sha256.slice(0, 8), isRequired: false });
  expect((await guestSees())?.consent).toMatchObject({ id: consent.id, text: TEXT, state: 'asked', folio: null });
  await open(consent);
  server.clock.now += 4_000;
  await seeConsent(server.context, guest(), { id: consent.id, sha256: consent.sha256, what: 'read' });
  const accepted = await answer(consent, 'accepted');
  expect(accepted).toMatchObject({ state: 'accepted', folio: expect.stringMatching(FOLIO) as string });
  const seen = await asked();
  expect(seen).toMatchObject({ state: 'accepted', folio: accepted.folio, readAt: server.clock.now });
  expect(seen.receiptUrl).not.toBe(accepted.receiptUrl);
  expect((await guestSees())?.receipts).toMatchObject([{ id: consent.id, folio: accepted.folio, state: 'accepted' }]);
  expect(await facts()).toEqual(['consent.asked', 'consent.accepted']);
});

test('[B67] accepted twice, also at once: one folio', async () => {
  await ask();
  const consent = await asked();
  await open(consent);
  const answers = await Promise.all(Array.from({ length: 8 }, () => answer(consent, 'accepted')));
  expect(new Set(answers.map(({ folio }) => folio)).size).toBe(1);
  expect((await answer(consent, 'accepted')).folio).toBe(answers[0]?.folio);
  await expect(answer(consent, 'refused')).rejects.toMatchObject({ code: 'EXPIRED' });
});

test('[B67] without opening, for another text, late, or by a stranger nothing is written down', async () => {
  await ask();
  const consent = await asked();
  await expect(answer(consent, 'accepted')).rejects.toMatchObject({ code: 'NOT_SHOWN' });
  await open(consent);
  const other = { ...consent, sha256: '0'.repeat(64) };
  await expect(answer(other, 'accepted')).rejects.toMatchObject({ code: 'VERSION' });
  await expect(answer(consent, 'accepted', newSecret())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await deliver(ana, { type: 'attention.finish', ...quoted });
  await expect(answer(consent, 'accepted')).rejects.toMatchObject({ code: 'EXPIRED' });
  expect((await guestSees())?.consent).toMatchObject({ state: 'unanswered', folio: null });
});

test('[S2-41] one asking at a time; taken back, and at the end of the attention, it stays without an answer, with a folio', async () => {
  await ask();
  expect(await ask()).toMatchObject(refused('CONSENT_OPEN'));
  const first = await asked();
  expect(await deliver(ana, { type: 'consent.retract', ...quoted, consentId: first.id })).toMatchObject({
    status: 'accepted',
  });
  await expect(open(first)).rejects.toMatchObject({ code: 'EXPIRED' });
  expect(await ask()).toMatchObject({ status: 'accepted' });
  const second = await asked();
  expect(await deliver(ana, { type: 'consent.retract', ...quoted, consentId: first.id })).toMatchObject(
    refused('EXPIRED'),
  );
  await deliver(ana, { type: 'attention.finish', ...quoted });
  await recordUnanswered(server.context, server.evidence);
  expect(await asked()).toMatchObject({
    id: second.id,
    state: 'unanswered',
    folio: expect.stringMatching(FOLIO) as string,
  });
  expect(await facts()).toEqual(['consent.asked', 'consent.asked', 'consent.unanswered', 'consent.unanswered']);
  await recordUnanswered(server.context, server.evidence);
  expect(await facts()).toHaveLength(4);
});

test('[S2-41] an acceptance is taken back with one act, also after the attention, under a folio of its own', async () => {
  await ask();
  const consent = await asked();
  await open(consent);
  const { folio } = await answer(consent, 'accepted');
  await deliver(ana, { type: 'attention.finish', ...quoted });
  const take = () => withdrawConsent(server.context, server.evidence, guest(), consent);
  const withdrawn = await take();
  expect(withdrawn).toMatchObject({
    state: 'withdrawn',
    folio,
    withdrawalFolio: expect.stringMatching(FOLIO) as string,
  });
  expect(withdrawn.withdrawalFolio).not.toBe(folio);
  expect((await take()).withdrawalFolio).toBe(withdrawn.withdrawalFolio);
});

test('[T1] [T2] [T12] whoever comes in by another link neither sees nor answers nor takes back what the guest before was asked', async () => {
  await ask();
  const accepted = await asked();
  await open(accepted);
  await answer(accepted, 'accepted');
  await ask();
  const pending = await asked();
  await open(pending);
  const second = newSecret();
  await enter(quoted.ticketId, second);
  const seen = await guestSees();
  expect([seen?.consent, seen?.receipts]).toEqual([undefined, undefined]);
  const taken = withdrawConsent(server.context, server.evidence, guest(second), accepted);
  await expect(taken).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(open(pending, second)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(answer(pending, 'accepted', second)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  // What was open is over at once for the agent, and is written down; another is asked of who is in now.
  expect(await asked()).toMatchObject({ id: pending.id, state: 'unanswered' });
  await recordUnanswered(server.context, server.evidence);
  expect((await facts()).at(-1)).toBe('consent.unanswered');
  await ask();
  const own = await asked();
  expect((await guestSees())?.consent).toMatchObject({ id: own.id, state: 'asked' });
  await open(own, second);
  await answer(own, 'refused', second);
  expect((await guestSees())?.receipts).toMatchObject([{ id: own.id, state: 'refused' }]);
  // The first one comes back by a third link: their own, and nothing of the second's.
  await enter(quoted.ticketId);
  expect((await guestSees())?.receipts?.map(({ id }) => id)).toEqual([pending.id, accepted.id]);
  await expect(answer(own, 'refused')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const back = await withdrawConsent(server.context, server.evidence, guest(), accepted);
  expect(back).toMatchObject({ state: 'withdrawn' });
});

test('[T1] [T12] what is asked while nobody is in belongs to whoever opens it first', async () => {
  await revokeLink(server.context, session(), quoted.ticketId);
  await ask();
  const consent = await asked();
  await enter(quoted.ticketId);
  expect((await guestSees())?.consent).toMatchObject({ id: consent.id, state: 'asked' });
  const second = newSecret();
  await enter(quoted.ticketId, second);
  expect((await guestSees())?.consent).toMatchObject({ id: consent.id, state: 'asked' });
  await open(consent, second);
  await answer(consent, 'accepted', second);
  await enter(quoted.ticketId);
  expect((await guestSees())?.consent).toBeUndefined();
  await expect(open(consent)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('[X28] a template keeps its version; changed before sending it is a version of its own; a new text is the next one', async () => {
  const terms = {
    slug: 'c',
    service: null,
    language: 'es',
    title: 'Contrato',
    text: TEXT,
    isRequired: true,
    position: 0,
  };
  const put = (text: string) =>
    server.context.store.db.transaction().execute((tx) => putTerms(tx, office.companyId, { ...terms, text }));
  await put(TEXT);
  await put(TEXT);
  const [first] = await readTermsInForce(server.context.store.db, office.companyId);
  expect(first).toMatchObject({ version: 1, text: TEXT });
  await put(`${TEXT} Nuevo.`);
  expect(await readTermsInForce(server.context.store.db, office.companyId)).toMatchObject([{ version: 2 }]);
  await ask({ termsId: first?.id });
  const whole = await asked();
  expect(whole).toMatchObject({ version: '1', isEdited: false, isRequired: true });
  await deliver(ana, { type: 'consent.retract', ...quoted, consentId: whole.id });
  await ask({ termsId: first?.id, text: `${TEXT} Con descuento.` });
  const edited = await asked();
  expect(edited).toMatchObject({ version: `1-${edited.sha256.slice(0, 8)}`, isEdited: true, isRequired: true });
  const stranger = await newOffice(server);
  await server.context.store.db.transaction().execute((tx) => putTerms(tx, stranger.companyId, terms));
  const [foreign] = await readTermsInForce(server.context.store.db, stranger.companyId);
  expect(await ask({ termsId: foreign?.id })).toMatchObject(refused('NOT_FOUND'));
});

test('[R2] nothing is asked before the attention, in a counter attention, or by who does not hold it', async () => {
  const counter = await issue(office);
  const luis = await newAgent(office);
  expect(await deliver(luis, { type: 'consent.ask', ...quoted, termsId: null, title: 'x', text: 'x' })).toMatchObject(
    refused('STALE_EPOCH'),
  );
  await deliver(ana, { type: 'attention.finish', ...quoted });
  quoted = await attend(ana, counter.id);
  expect(await ask()).toMatchObject(refused('WRONG_STATE'));
  expect((await headerOf(office, counter.id)).state).toBe('attending');
});
