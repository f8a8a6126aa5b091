import { sql } from 'kysely';
import type { QueueReason } from '../../protocol/queue-reason.ts';
import type { Holder, TicketHeader, TicketOutcome } from '../../protocol/ticket.ts';
import type { Reader, Writer } from './database.ts';

export interface AttentionRow {
  id: string;
  companyId: string;
  ticketId: string;
  agentId: string;
  epoch: number;
  isAutomatic: boolean;
  reasons: QueueReason[];
  acknowledgedAt: number | null;
  endCause: string | null;
  outcome: TicketOutcome | null;
}

/** The hour of the day in the zone of a branch. */
const hourIn = (branchId: string, at: number) => sql<number>`
  extract(hour FROM ${new Date(at)}::timestamptz AT TIME ZONE (SELECT time_zone FROM branch WHERE id = ${branchId}))::int`;

/** `isBegun`: "Atender ahora", for which nobody waited. */
export async function insertAttention(
  tx: Writer,
  ticket: TicketHeader,
  holder: Holder,
  rest: { isAutomatic: boolean; reasons: QueueReason[]; at: number; isBegun: boolean },
): Promise<void> {
  await tx
    .insertInto('attention')
    .values({
      id: holder.attentionId,
      ticket_id: ticket.id,
      branch_id: ticket.branchId,
      service_id: ticket.serviceId,
      agent_id: holder.agentId,
      module_id: holder.moduleId,
      epoch: holder.epoch,
      is_automatic: rest.isAutomatic,
      reasons: JSON.stringify(rest.reasons),
      called_at: new Date(rest.at),
      begun_at: rest.isBegun ? new Date(rest.at) : null,
      end_cause: null,
      outcome: null,
      called_hour: hourIn(ticket.branchId, rest.at),
      waited_minutes: rest.isBegun ? null : Math.max(0, Math.floor((rest.at - ticket.createdAt) / 60_000)),
    })
    .execute();
}

export async function acknowledgeAttention(tx: Writer, id: string, at: number): Promise<void> {
  await tx
    .updateTable('attention')
    .set({ acknowledged_at: new Date(at) })
    .where('id', '=', id)
    .execute();
}

export async function beginAttention(tx: Writer, id: string, at: number): Promise<void> {
  await tx
    .updateTable('attention')
    .set({ begun_at: new Date(at) })
    .where('id', '=', id)
    .execute();
}

/** What was laid aside is attended at another module than where it began. */
export async function moveAttention(tx: Writer, id: string, moduleId: string | null): Promise<void> {
  await tx.updateTable('attention').set({ module_id: moduleId }).where('id', '=', id).execute();
}

/** `outcome`: what the ticket was closed with, null when it goes on. */
export async function endAttention(
  tx: Writer,
  id: string,
  at: number,
  cause: string,
  outcome: TicketOutcome | null,
): Promise<void> {
  await tx
    .updateTable('attention')
    .set({ ended_at: new Date(at), end_cause: cause, outcome })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
}

/** The outcome that came after the attention had been freed stays on it. */
export async function setLateOutcome(tx: Writer, id: string, outcome: TicketOutcome): Promise<void> {
  await tx.updateTable('attention').set({ outcome }).where('id', '=', id).execute();
}

export async function readAttention(db: Reader, id: string): Promise<AttentionRow | null> {
  const row = await db
    .selectFrom('attention')
    .innerJoin('branch', 'branch.id', 'attention.branch_id')
    .selectAll('attention')
    .select('branch.company_id')
    .where('attention.id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    companyId: row.company_id,
    ticketId: row.ticket_id,
    agentId: row.agent_id,
    epoch: row.epoch,
    isAutomatic: row.is_automatic,
    reasons: row.reasons,
    acknowledgedAt: row.acknowledged_at?.getTime() ?? null,
    endCause: row.end_cause,
    outcome: row.outcome,
  };
}

/** Whose attention closed this ticket; null when none did. `epoch` is the ticket's. */
export async function readCloser(db: Reader, ticketId: string, epoch: number): Promise<string | null> {
  const row = await db
    .selectFrom('attention')
    .select('agent_id')
    .where('ticket_id', '=', ticketId)
    .where('epoch', '=', epoch)
    .where('outcome', 'is not', null)
    .where('end_cause', '!=', 'freed')
    .executeTakeFirst();
  return row?.agent_id ?? null;
}

/** Whether this agent ever held this ticket. */
export async function hasHeld(db: Reader, ticketId: string, agentId: string): Promise<boolean> {
  const row = await db
    .selectFrom('attention')
    .select('id')
    .where('ticket_id', '=', ticketId)
    .where('agent_id', '=', agentId)
    .executeTakeFirst();
  return row !== undefined;
}

/** The last `limit` waits of a service, in minutes, that ended at this hour of the branch's day; oldest first. */
export async function readWaits(
  db: Reader,
  { branchId, serviceId, now, limit }: { branchId: string; serviceId: string; now: number; limit: number },
): Promise<number[]> {
  const { rows } = await sql<{ minutes: number }>`
    SELECT waited_minutes AS minutes FROM attention
    WHERE service_id = ${serviceId} AND epoch = 1 AND waited_minutes IS NOT NULL AND called_hour = ${hourIn(branchId, now)}
      AND called_at > ${new Date(now)}::timestamptz - interval '60 days'
    ORDER BY called_at DESC LIMIT ${limit}`.execute(db);
  return rows.map(({ minutes }) => minutes).toReversed();
}
