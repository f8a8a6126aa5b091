import { sql } from 'kysely';
import type { Requeued } from '../../protocol/http/turn-api.ts';
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
  isBegun: boolean;
  endCause: string | null;
  outcome: TicketOutcome | null;
  /** When they began to talk; before that, when it was called. */
  startedAt: number;
  /** Null while it lasts. */
  endedAt: number | null;
}

/** Ends that the agent did not make, and after which a late finish leaves its outcome on the attention alone. */
export const TAKEN_BACK = ['freed', 'deskSilent'];

/** The end of one whose agent reported the guest. */
export const GUEST_BLOCKED = 'guestBlocked';

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

/** The outcome that came after the attention had been taken from its agent stays on it. */
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
    isBegun: row.begun_at !== null,
    endCause: row.end_cause,
    outcome: row.outcome,
    startedAt: (row.begun_at ?? row.called_at).getTime(),
    endedAt: row.ended_at?.getTime() ?? null,
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
    .where('end_cause', 'not in', TAKEN_BACK)
    .executeTakeFirst();
  return row?.agent_id ?? null;
}

/** Those of these tickets whose last attention had begun and ended with the silence of its desk. */
export async function readCutOff(db: Reader, ticketIds: string[]): Promise<Set<string>> {
  if (ticketIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('ticket')
    .innerJoin('attention', (join) =>
      join.onRef('attention.ticket_id', '=', 'ticket.id').onRef('attention.epoch', '=', 'ticket.epoch'),
    )
    .select('ticket.id')
    .where('ticket.id', 'in', ticketIds)
    .where('attention.end_cause', '=', 'deskSilent')
    .where('attention.begun_at', 'is not', null)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** How each of these tickets came further back in its line the last time, by its timeline. */
export async function readRequeues(db: Reader, ticketIds: string[]): Promise<Map<string, Requeued>> {
  if (ticketIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; how: Requeued }>`
    SELECT DISTINCT ON (e.ticket_id) e.ticket_id AS id, CASE
      WHEN EXISTS (SELECT FROM attention a
        WHERE a.ticket_id = e.ticket_id AND a.end_cause = 'noShow' AND a.ended_at = e.occurred_at) THEN 'noShow'
      WHEN e.agent_id IS NOT NULL THEN 'byAgent'
      ELSE 'moved' END AS how
    FROM event e WHERE e.ticket_id = ANY (${ticketIds}::uuid[]) AND e.fact ->> 'type' = 'ticket.requeued'
    ORDER BY e.ticket_id, e.position DESC`.execute(db);
  return new Map(rows.map(({ id, how }) => [id, how]));
}

/** How the last attention of each of these tickets ended, by ticket; of those that had none or still have one, nothing. */
export async function readLastEnds(db: Reader, ticketIds: string[]): Promise<Map<string, string>> {
  if (ticketIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('ticket')
    .innerJoin('attention', (join) =>
      join.onRef('attention.ticket_id', '=', 'ticket.id').onRef('attention.epoch', '=', 'ticket.epoch'),
    )
    .select(['ticket.id', 'attention.end_cause as cause'])
    .where('ticket.id', 'in', ticketIds)
    .execute();
  return new Map(rows.flatMap(({ id, cause }) => (cause === null ? [] : [[id, cause]])));
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
