import { sql } from 'kysely';
import type { TicketHeader } from '../../../src/protocol/ticket.ts';
import type { Store } from '../../../src/server/store/connect.ts';
import type { Hold, Stored } from './check-history.ts';

/** Who held which ticket from which change of its branch to which: the order of the log is the order of commit. */
export async function storedHolds({ db }: Store): Promise<Hold[]> {
  const changes = await db
    .selectFrom('change')
    .select(['stream', 'seq', 'body'])
    .where('stream', 'like', 'branch:%')
    .orderBy('stream')
    .orderBy('seq')
    .execute();
  const holds: Hold[] = [];
  const open = new Map<string, { hold: Hold; attentionId: string }>();
  for (const { seq, body } of changes) {
    if (body.type !== 'ticket.put') continue;
    const { id, holder, state }: TicketHeader = body.header;
    // A paused one is held and not in hand.
    const isHeld = holder !== null && state !== 'paused';
    const before = open.get(id);
    if (before && !(isHeld && before.attentionId === holder.attentionId)) {
      before.hold.until = seq;
      open.delete(id);
    }
    if (!isHeld || open.has(id)) continue;
    const hold: Hold = { ticketId: id, agentId: holder.agentId, from: seq, until: null };
    open.set(id, { hold, attentionId: holder.attentionId });
    holds.push(hold);
  }
  return holds;
}

/** Lines that the table of attentions and the log contradict each other in; none when they agree. */
export async function checkAttentions({ db }: Store): Promise<string[]> {
  const { rows } = await sql<{ ticket_id: string; epochs: number[]; open: number }>`
    SELECT ticket_id, array_agg(epoch ORDER BY epoch) AS epochs, count(*) FILTER (WHERE ended_at IS NULL)::int AS open
    FROM attention GROUP BY ticket_id`.execute(db);
  return rows.flatMap(({ ticket_id: ticketId, epochs, open }) => [
    ...(open > 1 ? [`two holders: ${ticketId} has ${open} open attentions`] : []),
    ...(epochs.some((epoch, index) => epoch !== index + 1) ? [`epochs of ${ticketId}: ${epochs.join(', ')}`] : []),
  ]);
}

/** Notes by their text, in the order in which they were stored. */
export async function storedNotes({ db }: Store): Promise<Stored['effects']> {
  const { rows } = await sql<{ op: string; ticketId: string; position: number }>`
    SELECT fact ->> 'text' AS op, ticket_id AS "ticketId", position FROM event
    WHERE fact ->> 'type' = 'note.added' ORDER BY position`.execute(db);
  return rows;
}

/** Commands with their answers, and the place of their event where they made one. */
export async function storedCommands({
  db,
}: Store): Promise<{ id: string; status: string; position: number | null }[]> {
  const { rows } = await sql<{ id: string; status: string; position: number | null }>`
    SELECT command.id, command.answer ->> 'status' AS status, event.position
    FROM command LEFT JOIN event ON event.id = command.id`.execute(db);
  return rows;
}
