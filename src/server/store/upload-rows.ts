import { sql } from 'kysely';
import type { Reader, Writer } from './database.ts';

/** A file on its way, with what says whose it is. */
export interface UploadRow {
  id: string;
  ticketId: string;
  companyId: string;
  attentionId: string | null;
  agentId: string | null;
  guestLinkId: string | null;
  name: string;
  kind: string;
  bytes: number;
  received: number;
  /** Of the guest's link; null where nobody has entered. */
  browserHash: Buffer | null;
  isRevoked: boolean;
  isClosed: boolean;
}

const columns = sql.raw(`u.id, u.ticket_id AS "ticketId", t.company_id AS "companyId", u.attention_id AS "attentionId",
  u.agent_id AS "agentId", u.guest_link_id AS "guestLinkId", u.name, u.kind, u.bytes, u.received,
  g.browser_hash AS "browserHash", g.revoked_at IS NOT NULL AS "isRevoked", t.closed_at IS NOT NULL AS "isClosed"`);
const joined = sql.raw(`upload u JOIN ticket t ON t.id = u.ticket_id LEFT JOIN guest_link g ON g.id = u.guest_link_id`);

export async function readUpload(db: Reader, id: string): Promise<UploadRow | null> {
  const { rows } = await sql<UploadRow>`SELECT ${columns} FROM ${joined} WHERE u.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** Reads and locks it to the end of the transaction. A ticket is always locked before its uploads. */
export async function lockUpload(tx: Writer, id: string): Promise<UploadRow | null> {
  const { rows } = await sql<UploadRow>`SELECT ${columns} FROM ${joined} WHERE u.id = ${id} FOR UPDATE OF u`.execute(
    tx,
  );
  return rows[0] ?? null;
}

export async function insertUpload(
  tx: Writer,
  upload: Pick<UploadRow, 'id' | 'ticketId' | 'attentionId' | 'agentId' | 'guestLinkId' | 'name' | 'kind' | 'bytes'>,
  at: number,
): Promise<void> {
  await tx
    .insertInto('upload')
    .values({
      id: upload.id,
      ticket_id: upload.ticketId,
      attention_id: upload.attentionId,
      agent_id: upload.agentId,
      guest_link_id: upload.guestLinkId,
      name: upload.name,
      kind: upload.kind,
      bytes: upload.bytes,
      begun_at: new Date(at),
      touched_at: new Date(at),
    })
    .execute();
}

/** One more part is on the disk. False: it stands elsewhere by now, or is gone. */
export async function advanceUpload(
  db: Reader,
  part: { id: string; from: number; to: number; at: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('upload')
    .set({ received: part.to, touched_at: new Date(part.at) })
    .where('id', '=', part.id)
    .where('received', '=', part.from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function deleteUpload(db: Reader, id: string): Promise<void> {
  await db.deleteFrom('upload').where('id', '=', id).execute();
}

/** Ids of those without a new part since then, which are gone now. */
export async function deleteStaleUploads(db: Reader, before: number): Promise<string[]> {
  const rows = await db.deleteFrom('upload').where('touched_at', '<', new Date(before)).returning('id').execute();
  return rows.map(({ id }) => id);
}

/** Those of these ids that are uploads under way. */
export async function readUploadIds(db: Reader, ids: string[]): Promise<Set<string>> {
  const rows = ids.length === 0 ? [] : await db.selectFrom('upload').select('id').where('id', 'in', ids).execute();
  return new Set(rows.map(({ id }) => id));
}
