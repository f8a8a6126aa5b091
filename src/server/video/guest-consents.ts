import type { ConsentAnswer, GuestConsent } from '../../protocol/video/consent.ts';
import type { EvidenceAct } from '../../protocol/video/receipt.ts';
import { runWork, type Work } from '../changes/work.ts';
import { tellConsent } from '../commands/tell-holder.ts';
import type { EvidenceBook, WriteDown } from '../evidence/evidence-book.ts';
import { proveAnswer, type Source } from '../evidence/prove-answer.ts';
import { Refusal } from '../policies/refusal.ts';
import { guestConsentOf, isFor, stateOf } from '../queries/consent-views.ts';
import { hashSecret } from '../sessions/secrets.ts';
import type { ServerContext } from '../start/server-context.ts';
import { bindConsent, markConsent, readConsent, readTicketOfConsent, type ConsentRow } from '../store/consent-rows.ts';
import { readLinkOf } from '../store/guest-link-rows.ts';
import { lockTicket, type TicketRow } from '../store/ticket-rows.ts';
import { SEEN_AFTER_END_MS } from './guest-links.ts';

/** Who answers, and what they say that they saw. */
export interface GuestActing {
  /** What the guest's cookie says. */
  browser: string;
  ip: string;
  userAgent: string | null;
}

interface Found {
  row: TicketRow;
  consent: ConsentRow;
  linkId: string;
}

/** The page shows it, or has been scrolled to its end. A second time changes nothing. */
export async function seeConsent(
  context: ServerContext,
  guest: GuestActing,
  seen: { id: string; sha256: string; what: 'opened' | 'read' },
): Promise<GuestConsent> {
  const { id, what } = seen;
  const { result } = await runWork(context, async (work) => {
    const { row, consent, linkId } = await ownConsent(context, work, guest, id, seen.sha256);
    if (what === 'read' && consent.openedAt === null) throw new Refusal('NOT_SHOWN');
    if ((what === 'opened' ? consent.openedAt : consent.readAt) !== null) return guestConsentOf(consent);
    if (!isOpen(row, consent)) throw new Refusal('EXPIRED');
    work.write(bindConsent(work.tx, id, linkId));
    work.write(markConsent(work.tx, id, what, work.now));
    await tellConsent(work, row, id);
    return reread(work, id);
  });
  return result;
}

/** Accepts or refuses: the same again has the same folio (trust B67). */
export function answerConsent(
  context: ServerContext,
  book: EvidenceBook,
  guest: GuestActing,
  { id, answer, sha256 }: ConsentAnswer & { id: string },
): Promise<GuestConsent> {
  return book.record(async (writeDown) => {
    const { result } = await runWork(context, async (work) => {
      const found = await ownConsent(context, work, guest, id, sha256);
      const { row, consent } = found;
      if (consent.state === answer) return guestConsentOf(consent);
      if (!isOpen(row, consent)) throw new Refusal('EXPIRED');
      if (consent.openedAt === null) throw new Refusal('NOT_SHOWN');
      return prove(context, work, writeDown(work.tx), guest, found, answer);
    });
    return result;
  });
}

/** Takes an acceptance back, as easily as it was given; also after the attention. */
export function withdrawConsent(
  context: ServerContext,
  book: EvidenceBook,
  guest: GuestActing,
  { id, sha256 }: { id: string; sha256: string },
): Promise<GuestConsent> {
  return book.record(async (writeDown) => {
    const { result } = await runWork(context, async (work) => {
      const found = await ownConsent(context, work, guest, id, sha256);
      if (found.consent.state === 'withdrawn') return guestConsentOf(found.consent);
      if (found.consent.state !== 'accepted') throw new Refusal('EXPIRED');
      return prove(context, work, writeDown(work.tx), guest, found, 'withdrawn');
    });
    return result;
  });
}

/** The same by the token of the guest's own receipt, which outlives the cookie. Returns the token of the receipt of that. */
export function withdrawByReceipt(
  context: ServerContext,
  book: EvidenceBook,
  consentId: string,
  source: Pick<Source, 'ip' | 'userAgent'>,
): Promise<string> {
  return book.record(async (writeDown) => {
    const { result } = await runWork(context, async (work) => {
      const found = await readTicketOfConsent(work.tx, consentId);
      const row = found && (await lockTicket(work.tx, found.companyId, found.ticketId));
      const consent = row && (await readConsent(work.tx, consentId));
      if (!consent) throw new Refusal('NOT_FOUND');
      if (consent.records.withdrawn) return consent.records.withdrawn.guestToken;
      if (consent.state !== 'accepted') throw new Refusal('EXPIRED');
      const proof = { row, consent, act: 'withdrawn', source: { ...source, linkId: null } } as const;
      await proveAnswer(work, writeDown(work.tx), { ...proof, baseUrl: context.publicUrl });
      return (await readConsent(work.tx, consentId))?.records.withdrawn?.guestToken ?? '';
    });
    return result;
  });
}

/** An asking of this browser's, in the ticket into which it has entered, locked; what is not theirs does not exist (trust T12). */
async function ownConsent(
  { clock }: ServerContext,
  work: Work,
  { browser }: GuestActing,
  id: string,
  sha256: string,
): Promise<Found> {
  const found = await readTicketOfConsent(work.tx, id);
  const row = found && (await lockTicket(work.tx, found.companyId, found.ticketId));
  const [link, consent] = row ? await Promise.all([readLinkOf(work.tx, row.id), readConsent(work.tx, id)]) : [];
  const hash = hashSecret(browser);
  const isTheirs = link?.browserHash?.equals(hash) && consent && isFor(consent, hash);
  const isLate = link?.closedAt != null && link.closedAt < clock() - SEEN_AFTER_END_MS;
  if (!row || !link || !consent || !isTheirs || isLate) throw new Refusal('NOT_FOUND');
  if (consent.sha256 !== sha256) throw new Refusal('VERSION');
  return { row, consent, linkId: link.id };
}

/** Whether an answer is still asked for: the attention in which it was asked goes on. */
const isOpen = ({ header }: TicketRow, consent: ConsentRow): boolean =>
  stateOf(consent) === 'asked' && header.holder?.attentionId === consent.attentionId;

async function prove(
  context: ServerContext,
  work: Work,
  writeDown: WriteDown,
  { ip, userAgent }: GuestActing,
  { row, consent, linkId }: Found,
  act: EvidenceAct,
): Promise<GuestConsent> {
  const source = { linkId, ip, userAgent };
  await proveAnswer(work, writeDown, { row, consent, act, source, baseUrl: context.publicUrl });
  return reread(work, consent.id);
}

async function reread(work: Work, id: string): Promise<GuestConsent> {
  const consent = await readConsent(work.tx, id);
  if (!consent) throw new Error('an asking does not go away');
  return guestConsentOf(consent);
}
