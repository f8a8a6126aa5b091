import type { EvidenceAct } from '../../protocol/video/receipt.ts';
import { nobody, type Work } from '../changes/work.ts';
import { tellConsent, tellEvent } from '../commands/tell-holder.ts';
import type { TicketFact } from '../../protocol/event.ts';
import { newSecret } from '../sessions/secrets.ts';
import { insertRecord, settleConsent, type ConsentRow } from '../store/consent-rows.ts';
import { readBranch, readServices } from '../store/service-rows.ts';
import type { TicketRow } from '../store/ticket-rows.ts';
import type { Saying, WriteDown } from './evidence-book.ts';
import { newFolio } from './new-folio.ts';
import { sha256Of } from './sha256-of.ts';

/** Through what an answer came; all null where nobody answered. */
export interface Source {
  /** The guest's link, or null: by the token of a receipt. */
  linkId: string | null;
  ip: string | null;
  userAgent: string | null;
}

export const noSource: Source = { linkId: null, ip: null, userAgent: null };

/** Longest user agent that is kept; browsers' are a third of it. */
const MAXIMUM_USER_AGENT = 500;

/**
 * Writes down what became of an asking, in this order: the line on the disk, then the rows (trust R4). The ticket is locked.
 * Nothing may be shown before the transaction has committed.
 */
export async function proveAnswer(
  work: Work,
  writeDown: WriteDown,
  proof: { row: TicketRow; consent: ConsentRow; act: EvidenceAct; source: Source; baseUrl: string },
): Promise<void> {
  const { row, consent, act, baseUrl } = proof;
  const record = { folio: newFolio(), guestToken: newSecret(), agentToken: newSecret(), baseUrl };
  const details = detailsOf(proof, record);
  await writeDown(await sayingOf(work, proof, record.folio, sha256Of(details)));
  work.write(insertRecord(work.tx, { ...record, consentId: consent.id, act, at: work.now, details }));
  work.write(settleConsent(work.tx, consent.id, act, work.now));
  const { id: consentId, title } = consent;
  const of = { consentId: consentId as never, title, folio: record.folio };
  const fact: TicketFact =
    act === 'unanswered'
      ? { type: 'consent.unanswered', ...of, cause: causeOf(consent) }
      : { type: `consent.${act}`, ...of };
  await tellEvent(work, row, work.record(row, nobody, fact));
  await tellConsent(work, row, consentId);
}

const BUTTON = { accepted: 'accept', refused: 'refuse', unanswered: null, withdrawn: 'withdraw' } as const;

const causeOf = ({ retractedAt }: ConsentRow): 'retracted' | 'ended' => (retractedAt === null ? 'ended' : 'retracted');

const moment = (at: number): string => new Date(at).toISOString();
const momentOrNull = (at: number | null): string | null => (at === null ? null : moment(at));

async function sayingOf(
  work: Work,
  { row, consent, act }: { row: TicketRow; consent: ConsentRow; act: EvidenceAct },
  folio: string,
  details: string,
): Promise<Saying> {
  const [branch, services] = await Promise.all([
    readBranch(work.tx, row.branchId),
    readServices(work.tx, row.branchId),
  ]);
  if (!branch) throw new Error('a ticket has a branch');
  return {
    act,
    folio,
    withdraws: act === 'withdrawn' ? (consent.records.accepted?.folio ?? null) : null,
    consent: consent.id,
    attention: consent.attentionId,
    company: branch.companyName,
    branch: branch.name,
    service: services.find(({ id }) => id === row.header.serviceId)?.name ?? '',
    turnCode: row.header.turnCode,
    agent: consent.agentFirstName,
    module: consent.moduleName,
    channel: 'video',
    title: consent.title,
    version: consent.version,
    language: consent.language,
    textSha256: consent.sha256,
    isRequired: consent.isRequired,
    askedAt: moment(consent.askedAt),
    openedAt: momentOrNull(consent.openedAt),
    readAt: momentOrNull(consent.readAt),
    button: BUTTON[act],
    cause: act === 'unanswered' ? causeOf(consent) : null,
    at: moment(work.now),
    timeZone: branch.timeZone,
    details,
  };
}

/** Who it was, as far as it is known: the chain holds its hash alone, with a salt that nobody guesses it by. */
function detailsOf(
  { row, consent, source }: { row: TicketRow; consent: ConsentRow; source: Source },
  { guestToken, agentToken }: { guestToken: string; agentToken: string },
): string {
  const { id: ticketId, header, contactId } = row;
  return JSON.stringify({
    salt: newSecret(),
    ticketId,
    agentId: consent.askedBy,
    agentName: consent.agentName,
    deviceId: consent.deviceId,
    identity: {
      contactId,
      name: header.displayName,
      documentType: header.documentType,
      documentLast4: header.documentLast4,
    },
    linkId: source.linkId,
    ip: source.ip,
    userAgent: source.userAgent?.slice(0, MAXIMUM_USER_AGENT) ?? null,
    tokens: [sha256Of(guestToken), sha256Of(agentToken)],
  });
}
