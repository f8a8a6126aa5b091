import { sql, type SqlBool } from 'kysely';
import type { SharedFile } from '../../protocol/files/shared-file.ts';
import type { Reader, Writer } from './database.ts';

/** A shared file with what says who may have it. */
export interface FileRow {
  file: SharedFile;
  companyId: string;
  guestLinkId: string | null;
  agentId: string | null;
  previewSha256: string | null;
}

interface Selected {
  id: string;
  ticketId: string;
  companyId: string;
  attentionId: string | null;
  agentId: string | null;
  agentName: string | null;
  guestLinkId: string | null;
  name: string;
  kind: string;
  bytes: number;
  sha256: string;
  width: number | null;
  height: number | null;
  previewSha256: string | null;
  wasCleaned: boolean;
  sharedAt: Date;
}

const columns = sql.raw(`f.id, f.ticket_id AS "ticketId", t.company_id AS "companyId", f.attention_id AS "attentionId",
  f.agent_id AS "agentId", trim(a.first_name || ' ' || a.last_name) AS "agentName", f.guest_link_id AS "guestLinkId",
  f.name, f.kind, f.bytes, f.sha256, f.width, f.height, f.preview_sha256 AS "previewSha256",
  f.was_cleaned AS "wasCleaned", f.shared_at AS "sharedAt"`);
const joined = sql.raw(`shared_file f JOIN ticket t ON t.id = f.ticket_id LEFT JOIN agent a ON a.id = f.agent_id`);

// What was shared while nobody was in is for whoever comes in next.
const seenByGuest = sql<SqlBool>`(f.guest_link_id IS NULL OR EXISTS (
  SELECT FROM guest_link s WHERE s.id = f.guest_link_id AND s.browser_hash = g.browser_hash))`;
const liveLink = sql.raw(
  `JOIN guest_link g ON g.ticket_id = t.id AND g.revoked_at IS NULL AND g.browser_hash IS NOT NULL`,
);

function present(row: Selected): FileRow {
  const file = {
    id: row.id,
    ticketId: row.ticketId,
    attentionId: row.attentionId,
    from: row.agentId === null ? 'guest' : 'agent',
    agentName: row.agentName,
    name: row.name,
    kind: row.kind,
    bytes: row.bytes,
    sha256: row.sha256,
    width: row.width,
    height: row.height,
    hasPreview: row.previewSha256 !== null,
    wasCleaned: row.wasCleaned,
    sharedAt: row.sharedAt.getTime(),
  } as SharedFile;
  const { companyId, guestLinkId, agentId, previewSha256 } = row;
  return { file, companyId, guestLinkId, agentId, previewSha256 };
}

export async function readFile(db: Reader, id: string): Promise<FileRow | null> {
  const { rows } = await sql<Selected>`SELECT ${columns} FROM ${joined} WHERE f.id = ${id}`.execute(db);
  return rows[0] ? present(rows[0]) : null;
}

/** A file, if the guest of this browser is in its ticket, which is open or was closed after that hour, and it was shared with them; null else. */
export async function readGuestFile(
  db: Reader,
  id: string,
  browserHash: Buffer,
  closedAfter: number,
): Promise<FileRow | null> {
  const { rows } = await sql<Selected>`SELECT ${columns} FROM ${joined} ${liveLink}
    WHERE f.id = ${id} AND g.browser_hash = ${browserHash} AND (t.closed_at IS NULL OR t.closed_at > ${new Date(closedAfter)})
      AND ${seenByGuest}`.execute(db);
  return rows[0] ? present(rows[0]) : null;
}

/** Files of these tickets, oldest first. */
export async function readFilesOf(db: Reader, ticketIds: string[]): Promise<Map<string, SharedFile[]>> {
  if (ticketIds.length === 0) return new Map();
  const { rows } = await sql<Selected>`SELECT ${columns} FROM ${joined}
    WHERE f.ticket_id = ANY (${ticketIds}::uuid[]) ORDER BY f.shared_at, f.id`.execute(db);
  return Map.groupBy(
    rows.map((row) => present(row).file),
    ({ ticketId }) => ticketId as string,
  );
}

/** Files of these tickets that the guest who is in each now may see, oldest first. */
export async function readGuestFilesOf(db: Reader, ticketIds: string[]): Promise<Map<string, SharedFile[]>> {
  if (ticketIds.length === 0) return new Map();
  const { rows } = await sql<Selected>`SELECT ${columns} FROM ${joined} ${liveLink}
    WHERE f.ticket_id = ANY (${ticketIds}::uuid[]) AND ${seenByGuest} ORDER BY f.shared_at, f.id`.execute(db);
  return Map.groupBy(
    rows.map((row) => present(row).file),
    ({ ticketId }) => ticketId as string,
  );
}

/** What an attention has taken: files that are shared and those under way. `attentionId` null: before anybody attended. */
export async function countFiles(
  db: Reader,
  ticketId: string,
  attentionId: string | null,
): Promise<{ count: number; bytes: number }> {
  const { rows } = await sql<{ count: number; bytes: number }>`
    SELECT count(*)::int AS count, coalesce(sum(bytes), 0)::bigint AS bytes FROM (
      SELECT bytes FROM shared_file
      WHERE ticket_id = ${ticketId} AND attention_id IS NOT DISTINCT FROM ${attentionId}::uuid
      UNION ALL SELECT bytes FROM upload
      WHERE ticket_id = ${ticketId} AND attention_id IS NOT DISTINCT FROM ${attentionId}::uuid) AS files`.execute(db);
  return { count: rows[0]?.count ?? 0, bytes: rows[0]?.bytes ?? 0 };
}

export async function insertFile(
  tx: Writer,
  { file, agentId, guestLinkId, previewSha256 }: Omit<FileRow, 'companyId'>,
): Promise<void> {
  await tx
    .insertInto('shared_file')
    .values({
      id: file.id,
      ticket_id: file.ticketId,
      attention_id: file.attentionId,
      agent_id: agentId,
      guest_link_id: guestLinkId,
      name: file.name,
      kind: file.kind,
      bytes: file.bytes,
      sha256: file.sha256,
      width: file.width,
      height: file.height,
      preview_sha256: previewSha256,
      was_cleaned: file.wasCleaned,
      shared_at: new Date(file.sharedAt),
    })
    .execute();
}

/** What lies in the store of bytes for a row. */
export interface StoredFile {
  id: string;
  bytes: number;
  sha256: string;
  previewSha256: string | null;
}

/** Every file, some at a time, in the order of their ids. */
export async function* readStoredFiles(db: Reader): AsyncGenerator<StoredFile[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await db
      .selectFrom('shared_file')
      .select(['id', 'bytes', 'sha256', 'preview_sha256 as previewSha256'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(1_000)
      .execute();
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.id;
  }
}

/** Those of these ids that are files. */
export async function readFileIds(db: Reader, ids: string[]): Promise<Set<string>> {
  const rows = ids.length === 0 ? [] : await db.selectFrom('shared_file').select('id').where('id', 'in', ids).execute();
  return new Set(rows.map(({ id }) => id));
}
