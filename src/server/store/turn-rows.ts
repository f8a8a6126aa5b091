import { sql } from 'kysely';
import type { TicketHeader } from '../../protocol/ticket.ts';
import type { Reader, Writer } from './database.ts';
import { isHeader } from './ticket-rows.ts';

/** The ticket behind the hash of a turn page's token; null for none. */
export async function readTurnByHash(
  db: Reader,
  tokenHash: Buffer,
): Promise<{ ticketId: string; branchId: string; companyId: string; closedAt: number | null } | null> {
  const row = await db
    .selectFrom('ticket')
    .select(['id', 'branch_id', 'company_id', 'closed_at'])
    .where('turn_token_hash', '=', tokenHash)
    .executeTakeFirst();
  if (!row) return null;
  const { id: ticketId, branch_id: branchId, company_id: companyId } = row;
  return { ticketId, branchId, companyId, closedAt: row.closed_at?.getTime() ?? null };
}

/** The page of a ticket is known by this from now on. */
export async function setTurnToken(tx: Writer, ticketId: string, tokenHash: Buffer): Promise<void> {
  await tx.updateTable('ticket').set({ turn_token_hash: tokenHash }).where('id', '=', ticketId).execute();
}

/** These tickets of a branch, each with the name of the module that it is called to or attended at. */
export async function readTurns(
  db: Reader,
  branchId: string,
  ticketIds: string[],
): Promise<{ header: TicketHeader; moduleName: string | null }[]> {
  const { rows } = await sql<{ id: string; header: TicketHeader; moduleName: string | null }>`
    SELECT t.id, t.header, m.name AS "moduleName"
    FROM ticket t LEFT JOIN attention a ON a.id = t.attention_id LEFT JOIN module m ON m.id = a.module_id
    WHERE t.id = ANY (${ticketIds}::uuid[]) AND t.branch_id = ${branchId}`.execute(db);
  return rows.filter(({ id, header }) => isHeader(header, id));
}
