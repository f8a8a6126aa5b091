import type { Consent, ConsentState, GuestConsent, GuestReceipt } from '../../protocol/video/consent.ts';
import type { ConsentRow, RecordRow } from '../store/consent-rows.ts';

/** As who holds the ticket sees it. */
export function consentOf(row: ConsentRow): Consent {
  return {
    ...askingOf(row, 'agentToken'),
    ticketId: row.ticketId as Consent['ticketId'],
    attentionId: row.attentionId as Consent['attentionId'],
    termsId: row.termsId as Consent['termsId'],
    isEdited: row.isEdited,
    agentName: row.agentName,
  };
}

/** As its guest sees it (trust T2). */
export const guestConsentOf = (row: ConsentRow): GuestConsent => askingOf(row, 'guestToken');

/** What this guest may keep of a ticket's askings, the newest first. */
export function guestReceiptsOf(rows: readonly ConsentRow[]): GuestReceipt[] {
  return rows.toReversed().flatMap((row) => {
    const { id, title, state, folio, withdrawalFolio, receiptUrl } = guestConsentOf(row);
    const shown = withdrawalFolio ?? folio;
    return shown === null || receiptUrl === null ? [] : [{ id, title, state, folio: shown, receiptUrl }];
  });
}

/** Whether an asking is this browser's to see; null: of nobody who has entered. What was asked while nobody was in is anybody's who comes. */
export const isFor = ({ browserHash }: ConsentRow, browser: Buffer | null): boolean =>
  browser !== null && (browserHash === null || browserHash.equals(browser));

/** What an asking waits for now; one that nobody answers any more is unanswered before that is written down. */
export const stateOf = ({ state, retractedAt, endedAt }: ConsentRow): ConsentState =>
  state === 'asked' && (retractedAt ?? endedAt) !== null ? 'unanswered' : state;

function askingOf(row: ConsentRow, token: 'guestToken' | 'agentToken'): GuestConsent {
  const { accepted, refused, unanswered, withdrawn } = row.records;
  const answer = accepted ?? refused ?? unanswered;
  const latest = withdrawn ?? answer;
  return {
    id: row.id as GuestConsent['id'],
    title: row.title,
    text: row.text,
    version: row.version,
    language: row.language,
    sha256: row.sha256,
    isRequired: row.isRequired,
    state: stateOf(row),
    askedAt: row.askedAt,
    openedAt: row.openedAt,
    readAt: row.readAt,
    answeredAt: row.answeredAt ?? (row.state === 'asked' ? (row.retractedAt ?? row.endedAt) : null),
    folio: answer?.folio ?? null,
    withdrawnAt: row.withdrawnAt,
    withdrawalFolio: withdrawn?.folio ?? null,
    receiptUrl: latest ? receiptUrl(latest, token) : null,
  };
}

const receiptUrl = (record: RecordRow, token: 'guestToken' | 'agentToken'): string =>
  `${record.baseUrl}/receipt#${record[token]}`;
