import { sql } from 'kysely';
import { TicketFact, type TicketEvent } from '../../protocol/event.ts';
import type { Reader, Writer } from './database.ts';

/** A line of a ticket's timeline as its row. */
export const eventRow = (ticket: { id: string; branchId: string; companyId: string }, event: TicketEvent) => ({
  id: event.id,
  company_id: ticket.companyId,
  branch_id: ticket.branchId,
  ticket_id: ticket.id,
  agent_id: event.agentId,
  fact: event.fact,
  occurred_at: new Date(event.occurredAt),
  received_at: new Date(event.receivedAt),
  is_suspect: event.isSuspect,
});

export type EventRow = ReturnType<typeof eventRow>;

/** In this order. */
export async function insertEvents(tx: Writer, rows: EventRow[]): Promise<void> {
  const values = rows.map((row) => ({ ...row, fact: JSON.stringify(row.fact) }));
  await tx.insertInto('event').values(values).execute();
}

/** The timelines of these tickets, each in its order. A line that cannot be read is left out; `admin doctor` counts it (trust B95). */
export async function readEvents(db: Reader, ticketIds: string[]): Promise<Map<string, TicketEvent[]>> {
  if (ticketIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('event')
    .leftJoin('agent', 'agent.id', 'event.agent_id')
    .select([
      'event.id',
      'event.ticket_id',
      'event.fact',
      'event.occurred_at',
      'event.received_at',
      'event.is_suspect',
      'event.agent_id',
      'agent.first_name',
      'agent.last_name',
    ])
    .where('event.ticket_id', 'in', ticketIds)
    .orderBy('event.occurred_at')
    .orderBy('event.position')
    .execute();
  const events = rows.map((row): TicketEvent => ({
    id: row.id as TicketEvent['id'],
    ticketId: row.ticket_id as TicketEvent['ticketId'],
    occurredAt: row.occurred_at.getTime(),
    receivedAt: row.received_at.getTime(),
    isSuspect: row.is_suspect,
    agentId: row.agent_id as TicketEvent['agentId'],
    agentName: row.agent_id === null ? null : `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim(),
    fact: row.fact,
  }));
  const readable = events.filter(({ fact }) => TicketFact.safeParse(fact).success);
  return Map.groupBy(readable, (event) => event.ticketId);
}

/** The sessions of a call whose key changed, as the timeline tells them. */
export async function readKeyAlarms(db: Reader, ticketId: string, attentionId: string): Promise<Set<number>> {
  const { rows } = await sql<{ session: number }>`
    SELECT (fact ->> 'session')::float8 AS session FROM event
    WHERE ticket_id = ${ticketId} AND fact ->> 'type' = 'call.keyChanged'
      AND fact ->> 'attentionId' = ${attentionId}`.execute(db);
  return new Set(rows.map(({ session }) => session));
}

/** How many notes a ticket has. */
export async function countNotes(db: Reader, ticketId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM event
    WHERE ticket_id = ${ticketId} AND fact ->> 'type' = 'note.added'`.execute(db);
  return rows[0]?.count ?? 0;
}
