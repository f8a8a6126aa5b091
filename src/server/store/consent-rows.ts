import { sql } from 'kysely';
import type { ConsentState } from '../../protocol/video/consent.ts';
import type { EvidenceAct } from '../../protocol/video/receipt.ts';
import type { Reader, Writer } from './database.ts';

/** One folio and who may read its receipt. */
export interface RecordRow {
  folio: string;
  guestToken: string;
  agentToken: string;
  /** Of the server's pages when it was given, without a trailing slash. */
  baseUrl: string;
}

export interface ConsentRow {
  id: string;
  ticketId: string;
  attentionId: string;
  termsId: string | null;
  title: string;
  text: string;
  version: string;
  language: string;
  sha256: string;
  isRequired: boolean;
  isEdited: boolean;
  agentName: string;
  agentFirstName: string;
  askedBy: string;
  askedAt: number;
  moduleName: string | null;
  deviceId: string;
  /** Whom it is for; null: whoever is in, until one opens it. */
  browserHash: Buffer | null;
  openedAt: number | null;
  readAt: number | null;
  retractedAt: number | null;
  /** Of the attention in which it was asked. */
  endedAt: number | null;
  state: ConsentState;
  answeredAt: number | null;
  withdrawnAt: number | null;
  /** What has been written down, by what it proves. */
  records: Partial<Record<EvidenceAct, RecordRow>>;
}

type Instants = 'askedAt' | 'openedAt' | 'readAt' | 'retractedAt' | 'endedAt' | 'answeredAt' | 'withdrawnAt';
type Selected = Omit<ConsentRow, Instants | 'records'> & { askedAt: Date } & Record<
    Exclude<Instants, 'askedAt'>,
    Date | null
  > & { records: ConsentRow['records'] | null };

const selected = sql.raw(`
  SELECT c.id, c.ticket_id AS "ticketId", c.attention_id AS "attentionId", c.terms_id AS "termsId", c.title, c.text,
    c.version, c.language, c.sha256, c.is_required AS "isRequired", c.is_edited AS "isEdited",
    trim(g.first_name || ' ' || g.last_name) AS "agentName", g.first_name AS "agentFirstName", c.asked_by AS "askedBy",
    c.asked_at AS "askedAt", c.module_name AS "moduleName", c.device_id AS "deviceId",
    l.browser_hash AS "browserHash", c.opened_at AS "openedAt",
    c.read_at AS "readAt", c.retracted_at AS "retractedAt", a.ended_at AS "endedAt", c.state,
    c.answered_at AS "answeredAt", c.withdrawn_at AS "withdrawnAt",
    (SELECT jsonb_object_agg(r.act, jsonb_build_object('folio', r.folio, 'guestToken', r.guest_token,
       'agentToken', r.agent_token, 'baseUrl', r.base_url)) FROM consent_record r WHERE r.consent_id = c.id) AS records
  FROM consent c JOIN attention a ON a.id = c.attention_id JOIN agent g ON g.id = c.asked_by
    LEFT JOIN guest_link l ON l.id = c.guest_link_id`);

const timeOf = (at: Date | null): number | null => at?.getTime() ?? null;
const present = (row: Selected): ConsentRow => ({
  ...row,
  askedAt: row.askedAt.getTime(),
  openedAt: timeOf(row.openedAt),
  readAt: timeOf(row.readAt),
  retractedAt: timeOf(row.retractedAt),
  endedAt: timeOf(row.endedAt),
  answeredAt: timeOf(row.answeredAt),
  withdrawnAt: timeOf(row.withdrawnAt),
  records: row.records ?? {},
});

export async function readConsent(db: Reader, id: string): Promise<ConsentRow | null> {
  const { rows } = await sql<Selected>`${selected} WHERE c.id = ${id}`.execute(db);
  return rows[0] ? present(rows[0]) : null;
}

/** The ticket of an asking; null for none. */
export async function readTicketOfConsent(
  db: Reader,
  id: string,
): Promise<{ ticketId: string; companyId: string } | null> {
  const { rows } = await sql<{ ticketId: string; companyId: string }>`
    SELECT t.id AS "ticketId", t.company_id AS "companyId" FROM consent c JOIN ticket t ON t.id = c.ticket_id
    WHERE c.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** The askings of these tickets, each ticket's in the order of asking. */
export async function readConsents(db: Reader, ticketIds: string[]): Promise<Map<string, ConsentRow[]>> {
  if (ticketIds.length === 0) return new Map();
  const { rows } = await sql<Selected>`
    ${selected} WHERE c.ticket_id = ANY (${ticketIds}::uuid[]) ORDER BY c.asked_at, c.id`.execute(db);
  return Map.groupBy(rows.map(present), ({ ticketId }) => ticketId);
}

/** Askings to which nobody answers any more, and of which that is not written down yet, without these; the oldest first. */
export async function readUnanswered(db: Reader, without: string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT c.id FROM consent c JOIN attention a ON a.id = c.attention_id
    WHERE c.state = 'asked' AND (c.retracted_at IS NOT NULL OR a.ended_at IS NOT NULL)
      AND c.id <> ALL (${without}::uuid[])
    ORDER BY c.asked_at LIMIT 100`.execute(db);
  return rows.map(({ id }) => id);
}

export interface Asking {
  id: string;
  ticketId: string;
  attentionId: string;
  termsId: string | null;
  title: string;
  text: string;
  version: string;
  language: string;
  sha256: string;
  isRequired: boolean;
  isEdited: boolean;
  askedBy: string;
  guestLinkId: string | null;
  askedAt: number;
  moduleName: string | null;
  deviceId: string;
}

/** False where another asking of this attention is open. */
export async function insertConsent(tx: Writer, asking: Asking): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('consent')
    .values({
      id: asking.id,
      ticket_id: asking.ticketId,
      attention_id: asking.attentionId,
      terms_id: asking.termsId,
      title: asking.title,
      text: asking.text,
      version: asking.version,
      language: asking.language,
      sha256: asking.sha256,
      is_required: asking.isRequired,
      is_edited: asking.isEdited,
      asked_by: asking.askedBy,
      guest_link_id: asking.guestLinkId,
      asked_at: new Date(asking.askedAt),
      module_name: asking.moduleName,
      device_id: asking.deviceId,
      state: 'asked',
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** The first time counts. */
export async function markConsent(tx: Writer, id: string, what: 'opened' | 'read' | 'retracted', at: number) {
  const now = new Date(at);
  const set = { opened: { opened_at: now }, read: { read_at: now }, retracted: { retracted_at: now } };
  await tx.updateTable('consent').set(set[what]).where('id', '=', id).execute();
}

/** From now on it is for the browser of this link, if it was for nobody in particular. */
export async function bindConsent(tx: Writer, id: string, guestLinkId: string): Promise<void> {
  await tx
    .updateTable('consent')
    .set({ guest_link_id: guestLinkId })
    .where('id', '=', id)
    .where('guest_link_id', 'is', null)
    .execute();
}

/** Takes back what a guest of this ticket was asked and has not answered: they are put out. Returns the ids. */
export async function retractFromGuest(tx: Writer, ticketId: string, at: number): Promise<string[]> {
  const rows = await tx
    .updateTable('consent')
    .set({ retracted_at: new Date(at) })
    .where('ticket_id', '=', ticketId)
    .where('state', '=', 'asked')
    .where('retracted_at', 'is', null)
    .where('guest_link_id', 'is not', null)
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

export async function settleConsent(tx: Writer, id: string, act: EvidenceAct, at: number): Promise<void> {
  const now = new Date(at);
  await tx
    .updateTable('consent')
    .set({ state: act, ...(act === 'withdrawn' ? { withdrawn_at: now } : { answered_at: now }) })
    .where('id', '=', id)
    .execute();
}

export async function insertRecord(
  tx: Writer,
  record: RecordRow & { consentId: string; act: EvidenceAct; at: number; details: string },
): Promise<void> {
  await tx
    .insertInto('consent_record')
    .values({
      folio: record.folio,
      consent_id: record.consentId,
      act: record.act,
      at: new Date(record.at),
      details: record.details,
      guest_token: record.guestToken,
      agent_token: record.agentToken,
      base_url: record.baseUrl,
    })
    .execute();
}

export interface ReceiptRow {
  consentId: string;
  line: string;
  text: string;
  state: ConsentState;
  locale: string;
  isGuest: boolean;
  /** Of the key that signed it. */
  publicKey: string;
}

/** The receipt behind a token, and whose it is; null for none. */
export async function readReceipt(db: Reader, token: string): Promise<ReceiptRow | null> {
  const { rows } = await sql<ReceiptRow>`
    SELECT c.id AS "consentId", l.line, c.text, c.state, company.locale, r.guest_token = ${token} AS "isGuest",
      k.public_key AS "publicKey"
    FROM consent_record r JOIN consent c ON c.id = r.consent_id JOIN evidence_line l ON l.folio = r.folio
    JOIN evidence_key k ON k.id = (l.line::json ->> 'key')
    JOIN ticket t ON t.id = c.ticket_id JOIN company ON company.id = t.company_id
    WHERE (r.guest_token = ${token} OR r.agent_token = ${token}) AND NOT l.is_void`.execute(db);
  return rows[0] ?? null;
}
