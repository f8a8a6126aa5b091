import { sql } from 'kysely';
import type { GuestBlockReason } from '../../protocol/commands/guest-commands.ts';
import type { Reader, Writer } from './database.ts';

/** A desk or a kiosk that came from there within this time makes it one of the company's own places. */
const OFFICE_LASTS_MS = 30 * 24 * 3_600_000;

export interface GuestBlock {
  id: string;
  companyId: string;
  ticketId: string;
  guestLinkId: string;
  agentId: string;
  reason: GuestBlockReason;
  comment: string;
  browserHash: Buffer;
  address: string | null;
  at: number;
  until: number;
}

export async function insertGuestBlock(tx: Writer, block: GuestBlock): Promise<void> {
  await tx
    .insertInto('guest_block')
    .values({
      id: block.id,
      company_id: block.companyId,
      ticket_id: block.ticketId,
      guest_link_id: block.guestLinkId,
      agent_id: block.agentId,
      reason: block.reason,
      comment: block.comment,
      browser_hash: block.browserHash,
      address: block.address,
      at: new Date(block.at),
      until: new Date(block.until),
    })
    .execute();
}

/** In force: not over and not lifted. */
const inForce = (now: number) => sql`b.lifted_at IS NULL AND b.until > ${new Date(now)}`;

/** Whether this browser was reported in this company. */
export async function isBrowserBlocked(
  db: Reader,
  { companyId, browserHash }: { companyId: string; browserHash: Buffer },
  now: number,
): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM guest_block b
    WHERE b.company_id = ${companyId} AND b.browser_hash = ${browserHash} AND ${inForce(now)} LIMIT 1`.execute(db);
  return rows.length > 0;
}

/** Whether somebody was reported at this address, and it is none of the company's own places. */
export async function isAddressBlocked(
  db: Reader,
  { companyId, address }: { companyId: string; address: string },
  now: number,
): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM guest_block b
    WHERE b.company_id = ${companyId} AND b.address = ${address} AND ${inForce(now)}
      AND NOT EXISTS (SELECT FROM office_address o WHERE o.company_id = b.company_id AND o.address = b.address
        AND o.seen_at > ${new Date(now - OFFICE_LASTS_MS)}) LIMIT 1`.execute(db);
  return rows.length > 0;
}

/** Of these browsers, those that were reported in this company, in hex. */
export async function readBlockedBrowsers(
  db: Reader,
  companyId: string,
  browserHashes: Buffer[],
  now: number,
): Promise<Set<string>> {
  if (browserHashes.length === 0) return new Set();
  const { rows } = await sql<{ browser: string }>`
    SELECT encode(b.browser_hash, 'hex') AS browser FROM guest_block b
    WHERE b.company_id = ${companyId} AND b.browser_hash = ANY (${browserHashes}) AND ${inForce(now)}`.execute(db);
  return new Set(rows.map(({ browser }) => browser));
}

/** A block as its administrators know it. Instants in ms. */
export interface KnownBlock {
  id: string;
  companyId: string;
  /** Slug. */
  company: string;
  turnCode: string;
  /** E-mail of who reported. */
  agent: string;
  reason: GuestBlockReason;
  comment: string;
  at: number;
  until: number;
  liftedAt: number | null;
}

/** The newest first; the address is told to nobody. */
export async function readGuestBlocks(db: Reader): Promise<KnownBlock[]> {
  const { rows } = await sql<
    Omit<KnownBlock, 'at' | 'until' | 'liftedAt'> & { at: Date; until: Date; liftedAt: Date | null }
  >`
    SELECT b.id, b.company_id AS "companyId", c.slug AS company, t.turn_code AS "turnCode", a.email AS agent, b.reason,
      b.comment, b.at, b.until, b.lifted_at AS "liftedAt"
    FROM guest_block b JOIN company c ON c.id = b.company_id JOIN ticket t ON t.id = b.ticket_id
    JOIN agent a ON a.id = b.agent_id ORDER BY b.at DESC, b.id`.execute(db);
  return rows.map((row) => ({
    ...row,
    at: row.at.getTime(),
    until: row.until.getTime(),
    liftedAt: row.liftedAt?.getTime() ?? null,
  }));
}

/** Returns whether it was in force. */
export async function liftGuestBlock(tx: Writer, id: string, at: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('guest_block')
    .set({ lifted_at: new Date(at), address: null })
    .where('id', '=', id)
    .where('lifted_at', 'is', null)
    .where('until', '>', new Date(at))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** A desk or a kiosk of the company came from there. */
export async function noteOfficeAddress(db: Reader, companyId: string, address: string, at: number): Promise<void> {
  await sql`
    INSERT INTO office_address (company_id, address, seen_at) VALUES (${companyId}, ${address}, ${new Date(at)})
    ON CONFLICT (company_id, address) DO UPDATE SET seen_at = greatest(office_address.seen_at, excluded.seen_at)`.execute(
    db,
  );
}

/** Where guests were is kept for as long as it may be needed: two days of an entry, a block until its end. */
export async function forgetAddresses(db: Reader, now: number): Promise<void> {
  const ENTRY_KEPT_MS = 2 * 24 * 3_600_000;
  await sql`UPDATE guest_link SET address = NULL
    WHERE address IS NOT NULL AND entered_at < ${new Date(now - ENTRY_KEPT_MS)}`.execute(db);
  await sql`UPDATE guest_block SET address = NULL WHERE address IS NOT NULL AND until < ${new Date(now)}`.execute(db);
  await sql`DELETE FROM office_address WHERE seen_at < ${new Date(now - OFFICE_LASTS_MS)}`.execute(db);
}
