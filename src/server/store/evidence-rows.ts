import { sql } from 'kysely';
import type { EvidenceKey } from '../../protocol/video/receipt.ts';
import type { Reader, Writer } from './database.ts';

/** The last line of a journal that was committed. */
export interface JournalHead {
  sequence: number;
  /** SHA-256 of the line, hex; zeros before the first. */
  hash: string;
}

/** Hash before the first line. */
export const NO_LINE = '0'.repeat(64);

/** Null: nothing of this journal was ever committed. */
export async function readHead(db: Reader, journal: string): Promise<JournalHead | null> {
  const row = await db.selectFrom('evidence_journal').selectAll().where('id', '=', journal).executeTakeFirst();
  return row ? { sequence: row.head_sequence, hash: row.head_hash } : null;
}

/** Writes the line that stands in the file already, and moves the head onto it. */
export async function insertLine(
  tx: Writer,
  line: { journal: string; sequence: number; hash: string; folio: string | null; line: string },
): Promise<void> {
  await moveHead(tx, line.journal, line);
  await tx
    .insertInto('evidence_line')
    .values({
      journal_id: line.journal,
      sequence: line.sequence,
      folio: line.folio,
      line: line.line,
      is_void: false,
    })
    .execute();
}

/** Creates the journal's row; one that is there already stays as it is. */
export async function openHead(tx: Writer, journal: string, { sequence, hash }: JournalHead): Promise<void> {
  await tx
    .insertInto('evidence_journal')
    .values({ id: journal, head_sequence: sequence, head_hash: hash })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Creates the journal's row with its first line. */
async function moveHead(tx: Writer, journal: string, { sequence, hash }: JournalHead): Promise<void> {
  await tx
    .insertInto('evidence_journal')
    .values({ id: journal, head_sequence: sequence, head_hash: hash })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ head_sequence: sequence, head_hash: hash }))
    .execute();
}

/**
 * Bars a line that was never committed: should its transaction still be on its way, it fails from now on. False where it has
 * come through after all.
 */
export async function insertVoidLine(
  tx: Writer,
  line: { journal: string; sequence: number; folio: string | null; line: string },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('evidence_line')
    .values({
      journal_id: line.journal,
      sequence: line.sequence,
      folio: line.folio,
      line: line.line,
      is_void: true,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function putKey(db: Reader, key: EvidenceKey): Promise<void> {
  await db
    .insertInto('evidence_key')
    .values({ id: key.id, public_key: key.publicKey })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Every key that ever signed here. */
export async function readKeys(db: Reader): Promise<EvidenceKey[]> {
  const rows = await db
    .selectFrom('evidence_key')
    .select(['id', 'public_key as publicKey'])
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows;
}

export async function readJournals(db: Reader): Promise<(JournalHead & { id: string })[]> {
  const rows = await db.selectFrom('evidence_journal').selectAll().orderBy('id').execute();
  return rows.map((row) => ({ id: row.id, sequence: row.head_sequence, hash: row.head_hash }));
}

/** The newest answer that was written down; null for none. */
export async function readLastFolio(db: Reader): Promise<{ folio: string; at: Date } | null> {
  const row = await db
    .selectFrom('consent_record')
    .select(['folio', 'at'])
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** The rows of one journal from a line on, `limit` at most. */
export async function readLines(
  db: Reader,
  journal: string,
  from: number,
  limit: number,
): Promise<{ sequence: number; folio: string | null; line: string; isVoid: boolean }[]> {
  return db
    .selectFrom('evidence_line')
    .select(['sequence', 'folio', 'line', 'is_void as isVoid'])
    .where('journal_id', '=', journal)
    .where('sequence', '>=', from)
    .orderBy('sequence')
    .limit(limit)
    .execute();
}

/** What a folio says and what stands beside it in the tables. */
export interface RecordToCheck {
  folio: string;
  consentId: string;
  act: string;
  at: Date;
  details: string | null;
  guestToken: string;
  agentToken: string;
  title: string;
  text: string;
  version: string;
  language: string;
  sha256: string;
  isRequired: boolean;
  attentionId: string;
  ticketId: string;
  askedAt: Date;
  openedAt: Date | null;
  readAt: Date | null;
  state: string;
  answeredAt: Date | null;
  withdrawnAt: Date | null;
}

/** The records behind these folios. */
export async function readRecords(db: Reader, folios: string[]): Promise<RecordToCheck[]> {
  if (folios.length === 0) return [];
  const { rows } = await sql<RecordToCheck>`
    SELECT r.folio, r.consent_id AS "consentId", r.act, r.at, r.details, r.guest_token AS "guestToken",
      r.agent_token AS "agentToken", c.title, c.text, c.version, c.language, c.sha256, c.is_required AS "isRequired",
      c.attention_id AS "attentionId", c.ticket_id AS "ticketId", c.asked_at AS "askedAt", c.opened_at AS "openedAt",
      c.read_at AS "readAt", c.state, c.answered_at AS "answeredAt", c.withdrawn_at AS "withdrawnAt"
    FROM consent_record r JOIN consent c ON c.id = r.consent_id WHERE r.folio = ANY (${folios})`.execute(db);
  return rows;
}

/** Askings that say that they were answered, and have no record of it. */
export async function readUnproven(db: Reader): Promise<{ id: string; state: string }[]> {
  const { rows } = await sql<{ id: string; state: string }>`
    SELECT c.id, c.state FROM consent c
    WHERE c.state <> 'asked' AND NOT EXISTS (
      SELECT FROM consent_record r JOIN evidence_line l ON l.folio = r.folio AND NOT l.is_void
      WHERE r.consent_id = c.id AND r.act = c.state) ORDER BY c.id`.execute(db);
  return rows;
}

/** Removes every journal, once no asking refers to it. False, and nothing is removed, while one does. */
export async function forgetEvidence(tx: Writer): Promise<boolean> {
  if (await tx.selectFrom('consent_record').select('folio').limit(1).executeTakeFirst()) return false;
  await tx.deleteFrom('evidence_line').execute();
  await tx.deleteFrom('evidence_journal').execute();
  return true;
}
