import { v7 as uuidv7 } from 'uuid';
import { sha256Of } from '../evidence/sha256-of.ts';
import { Refusal } from '../policies/refusal.ts';
import { stateOf } from '../queries/consent-views.ts';
import { insertConsent, markConsent, readConsent, type Asking } from '../store/consent-rows.ts';
import { readLinkOf } from '../store/guest-link-rows.ts';
import { readBranch } from '../store/service-rows.ts';
import { readTerms } from '../store/terms-rows.ts';
import type { TicketRow } from '../store/ticket-rows.ts';
import { heldTicket } from './attention-handlers.ts';
import type { Acting, BodyOf, CommandHandler } from './command-handler.ts';
import { tellConsent, tellEvent } from './tell-holder.ts';

/** Digits of a text's hash that name its version. */
const VERSION_DIGITS = 8;

/** "Enviar T&C": what is sent is frozen; a text that was changed before sending is a version of its own. */
export const askConsent: CommandHandler<'consent.ask'> = async (acting, body) => {
  const { work, author, actor, time } = acting;
  const row = heldTicket(acting, body);
  if (row.header.kind !== 'virtual' || row.header.state !== 'attending') throw new Refusal('WRONG_STATE');
  const asking = await askingOf(acting, body, row);
  if (!(await insertConsent(work.tx, asking))) throw new Refusal('CONSENT_OPEN');
  const { id: consentId, title, version } = asking;
  const fact = { type: 'consent.asked', consentId: consentId as never, title, version } as const;
  await tellEvent(work, row, work.record(row, { ...actor, agentName: author.name }, fact, time));
  await tellConsent(work, row, consentId);
  return 'accepted';
};

async function askingOf(acting: Acting, body: BodyOf<'consent.ask'>, row: TicketRow): Promise<Asking> {
  const { work, author } = acting;
  const { termsId, title, text } = body;
  const terms = termsId === null ? null : await readTerms(work.tx, author.companyId, termsId);
  if (termsId !== null && !terms) throw new Refusal('NOT_FOUND', { field: 'termsId' });
  const sha256 = sha256Of(text);
  const own = sha256.slice(0, VERSION_DIGITS);
  const isEdited = terms !== null && (terms.title !== title || terms.text !== text);
  const link = await readLinkOf(work.tx, row.id);
  const locale = terms?.language ?? (await readBranch(work.tx, row.branchId))?.locale ?? 'es';
  return {
    id: uuidv7(),
    ticketId: body.ticketId,
    attentionId: body.attentionId,
    termsId,
    title,
    text,
    version: terms === null ? own : isEdited ? `${terms.version}-${own}` : String(terms.version),
    language: terms?.language ?? locale.split('-')[0] ?? locale,
    sha256,
    isRequired: terms?.isRequired ?? false,
    isEdited,
    askedBy: author.agentId,
    guestLinkId: link?.browserHash ? link.id : null,
    askedAt: work.now,
    moduleName: author.moduleName,
    deviceId: author.deviceId,
  };
}

/** "Retirar": that it stays unanswered is written down right after (`evidence/record-unanswered`). */
export const retractConsent: CommandHandler<'consent.retract'> = async (acting, body) => {
  const { work } = acting;
  const row = heldTicket(acting, body);
  const consent = await readConsent(work.tx, body.consentId);
  if (consent?.attentionId !== body.attentionId) throw new Refusal('NOT_FOUND', { field: 'consentId' });
  if (stateOf(consent) !== 'asked') throw new Refusal('EXPIRED');
  work.write(markConsent(work.tx, consent.id, 'retracted', work.now));
  await tellConsent(work, row, consent.id);
  return 'accepted';
};
