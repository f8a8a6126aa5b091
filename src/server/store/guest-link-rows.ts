import { sql } from 'kysely';
import type { Reader, Writer } from './database.ts';

export interface GuestLinkRow {
  id: string;
  ticketId: string;
  companyId: string;
  branchId: string;
  browserHash: Buffer | null;
  expiresAt: number;
  isRevoked: boolean;
  /** From which that browser entered (`clientAddress`); null for nobody yet, and after two days. */
  address: string | null;
  /** Of the ticket. */
  closedAt: number | null;
}

const columns = sql.raw(`g.id, g.ticket_id AS "ticketId", t.company_id AS "companyId", t.branch_id AS "branchId",
  g.browser_hash AS "browserHash", g.expires_at AS "expiresAt", g.address, g.revoked_at IS NOT NULL AS "isRevoked",
  t.closed_at AS "closedAt"`);

type Selected = Omit<GuestLinkRow, 'expiresAt' | 'closedAt'> & { expiresAt: Date; closedAt: Date | null };
const present = (row: Selected | undefined): GuestLinkRow | null =>
  row ? { ...row, expiresAt: row.expiresAt.getTime(), closedAt: row.closedAt?.getTime() ?? null } : null;

/** The link behind the hash of a token; null for none. */
export async function readGuestLink(db: Reader, tokenHash: Buffer): Promise<GuestLinkRow | null> {
  const { rows } = await sql<Selected>`
    SELECT ${columns} FROM guest_link g JOIN ticket t ON t.id = g.ticket_id WHERE g.token_hash = ${tokenHash}`.execute(
    db,
  );
  return present(rows[0]);
}

/** The link of a ticket that holds now; null for none. */
export async function readLinkOf(db: Reader, ticketId: string): Promise<GuestLinkRow | null> {
  const { rows } = await sql<Selected>`
    SELECT ${columns} FROM guest_link g JOIN ticket t ON t.id = g.ticket_id
    WHERE g.ticket_id = ${ticketId} AND g.revoked_at IS NULL`.execute(db);
  return present(rows[0]);
}

/** The link by which a guest is in or else, of those by which one was in at this instant or later, the last; null for none. */
export async function readGuestSince(db: Reader, ticketId: string, since: number): Promise<GuestLinkRow | null> {
  const { rows } = await sql<Selected>`
    SELECT ${columns} FROM guest_link g JOIN ticket t ON t.id = g.ticket_id
    WHERE g.ticket_id = ${ticketId} AND g.browser_hash IS NOT NULL
      AND (g.revoked_at IS NULL OR g.revoked_at >= ${new Date(since)})
    ORDER BY g.revoked_at DESC NULLS FIRST LIMIT 1`.execute(db);
  return present(rows[0]);
}

/** Reads a link and locks it to the end of the transaction. */
export async function lockGuestLink(tx: Writer, id: string): Promise<GuestLinkRow | null> {
  const { rows } = await sql<Selected>`
    SELECT ${columns} FROM guest_link g JOIN ticket t ON t.id = g.ticket_id WHERE g.id = ${id} FOR UPDATE OF g`.execute(
    tx,
  );
  return present(rows[0]);
}

/** The links that hold now, by ticket. */
export async function readLiveLinks(
  db: Reader,
  ticketIds: string[],
): Promise<Map<string, { id: string; browserHash: Buffer | null }>> {
  const rows = await db
    .selectFrom('guest_link')
    .select(['id', 'ticket_id', 'browser_hash as browserHash'])
    .where('ticket_id', 'in', ticketIds)
    .where('revoked_at', 'is', null)
    .execute();
  return new Map(rows.map(({ id, ticket_id, browserHash }) => [ticket_id, { id, browserHash }]));
}

export async function insertGuestLink(
  tx: Writer,
  link: { id: string; ticketId: string; tokenHash: Buffer; agentId: string | null; at: number; expiresAt: number },
): Promise<void> {
  await tx
    .insertInto('guest_link')
    .values({
      id: link.id,
      ticket_id: link.ticketId,
      token_hash: link.tokenHash,
      created_by: link.agentId,
      created_at: new Date(link.at),
      expires_at: new Date(link.expiresAt),
    })
    .execute();
}

/** Ends the link of a ticket that holds now. Whether there was one. */
export async function revokeGuestLink(tx: Writer, ticketId: string, at: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('guest_link')
    .set({ revoked_at: new Date(at) })
    .where('ticket_id', '=', ticketId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function enterGuestLink(
  tx: Writer,
  { id, browserHash, address, at }: { id: string; browserHash: Buffer; address: string | null; at: number },
): Promise<void> {
  await tx
    .updateTable('guest_link')
    .set({ browser_hash: browserHash, address, entered_at: new Date(at) })
    .where('id', '=', id)
    .execute();
}

/** This page of the guest speaks for their equipment from now on. */
export async function keepReadinessPage(tx: Writer, id: string, pageId: string): Promise<void> {
  await tx.updateTable('guest_link').set({ readiness_page: pageId }).where('id', '=', id).execute();
}

/** Whether this page was the one that spoke last; then none does any more. */
export async function forgetReadinessPage(tx: Writer, id: string, pageId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('guest_link')
    .set({ readiness_page: null })
    .where('id', '=', id)
    .where('readiness_page', '=', pageId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
