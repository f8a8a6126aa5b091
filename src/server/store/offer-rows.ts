import { sql } from 'kysely';
import type { TransferOffer } from '../../protocol/video/transfer-offer.ts';
import type { Reader, Writer } from './database.ts';

/** A `TransferOffer` without the card, which is of the ticket. */
export type OfferRow = Omit<TransferOffer, 'card'> & { companyId: string; branchId: string };

type Selected = Omit<OfferRow, 'dueAt' | 'from' | 'to'> & {
  dueAt: Date;
  fromId: OfferRow['from']['agentId'];
  fromName: string;
  toId: OfferRow['to']['agentId'];
  toName: string;
};

const select = sql.raw(`
SELECT o.id, o.ticket_id AS "ticketId", o.attention_id AS "attentionId", o.epoch,
       o.next_attention_id AS "nextAttentionId", o.state, o.comment, o.reason, o.failure, o.due_at AS "dueAt",
       t.company_id AS "companyId", t.branch_id AS "branchId",
       f.id AS "fromId", trim(f.first_name || ' ' || f.last_name) AS "fromName",
       a.id AS "toId", trim(a.first_name || ' ' || a.last_name) AS "toName"
FROM transfer_offer o JOIN ticket t ON t.id = o.ticket_id
JOIN agent f ON f.id = o.from_agent JOIN agent a ON a.id = o.to_agent`);

const present = ({ dueAt, fromId, fromName, toId, toName, ...row }: Selected): OfferRow => ({
  ...row,
  from: { agentId: fromId, agentName: fromName },
  to: { agentId: toId, agentName: toName },
  dueAt: dueAt.getTime(),
});

export async function readOffer(db: Reader, id: string): Promise<OfferRow | null> {
  const { rows } = await sql<Selected>`${select} WHERE o.id = ${id}`.execute(db);
  return rows[0] ? present(rows[0]) : null;
}

/** The open offer of a ticket. Whoever changes one has locked its ticket before. */
export async function readOpenOffer(db: Reader, ticketId: string): Promise<OfferRow | null> {
  const { rows } = await sql<Selected>`${select} WHERE o.ticket_id = ${ticketId} AND o.ended_at IS NULL`.execute(db);
  return rows[0] ? present(rows[0]) : null;
}

/** The open offers of an agent and to them. */
export async function readOpenOffersOf(db: Reader, agentId: string): Promise<OfferRow[]> {
  const { rows } = await sql<Selected>`
    ${select} WHERE (o.to_agent = ${agentId} OR o.from_agent = ${agentId}) AND o.ended_at IS NULL`.execute(db);
  return rows.map(present);
}

/** Accepted offers, by ticket: the agents whose side of the room is beside that of the holder. */
export async function readAccepted(
  db: Reader,
  ticketIds: string[],
): Promise<Map<string, Pick<OfferRow, 'id' | 'nextAttentionId'> & { toId: string }>> {
  if (ticketIds.length === 0) return new Map();
  const { rows } = await sql<{ ticketId: string; toId: string } & Pick<OfferRow, 'id' | 'nextAttentionId'>>`
    SELECT ticket_id AS "ticketId", id, next_attention_id AS "nextAttentionId", to_agent AS "toId" FROM transfer_offer
    WHERE ticket_id = ANY (${ticketIds}::uuid[]) AND state = 'accepted' AND ended_at IS NULL`.execute(db);
  return new Map(rows.map(({ ticketId, ...row }) => [ticketId, row]));
}

export async function insertOffer(
  tx: Writer,
  offer: Pick<OfferRow, 'id' | 'ticketId' | 'attentionId' | 'epoch' | 'nextAttentionId' | 'comment' | 'dueAt'> & {
    fromId: string;
    toId: string;
  },
  at: number,
): Promise<void> {
  await tx
    .insertInto('transfer_offer')
    .values({
      id: offer.id,
      ticket_id: offer.ticketId,
      attention_id: offer.attentionId,
      epoch: offer.epoch,
      next_attention_id: offer.nextAttentionId,
      from_agent: offer.fromId,
      to_agent: offer.toId,
      comment: offer.comment,
      state: 'offered',
      offered_at: new Date(at),
      due_at: new Date(offer.dueAt),
    })
    .execute();
}

/** `isOver`: it ended at `at`. */
export async function saveOffer(
  tx: Writer,
  { id, state, reason, failure, dueAt }: Pick<OfferRow, 'id' | 'state' | 'reason' | 'failure' | 'dueAt'>,
  at: number,
  isOver: boolean,
): Promise<void> {
  await tx
    .updateTable('transfer_offer')
    .set({
      state,
      reason,
      failure,
      due_at: new Date(dueAt),
      ...(state === 'accepted' && { accepted_at: new Date(at) }),
      ended_at: isOver ? new Date(at) : null,
    })
    .where('id', '=', id)
    .execute();
}

/** An agent who sits in a branch, with what says whether they can take a ticket. */
export interface SittingColleague {
  agentId: string;
  name: string;
  moduleId: string | null;
  moduleName: string | null;
  level: 'main' | 'support';
  state: 'online' | 'offline' | 'resting' | 'lunch' | 'documenting';
  connectionId: string | null;
  seenAt: number | null;
  isHolding: boolean;
  isOffered: boolean;
}

/** Who sits in a branch and attends a service of it; `agentId`: this one alone. */
export async function readColleagues(
  db: Reader,
  { branchId, serviceId, agentId = null }: { branchId: string; serviceId: string; agentId?: string | null },
): Promise<SittingColleague[]> {
  const { rows } = await sql<Omit<SittingColleague, 'seenAt'> & { seenAt: Date | null }>`
    SELECT a.id AS "agentId", trim(a.first_name || ' ' || a.last_name) AS name, m.id AS "moduleId", m.name AS "moduleName",
           CASE WHEN bool_or(g.level = 'main') THEN 'main' ELSE 'support' END AS level,
           s.state, s.connection_id AS "connectionId", s.seen_at AS "seenAt",
           EXISTS (SELECT FROM ticket t WHERE t.holder_id = a.id AND t.state IN ('calling', 'attending')) AS "isHolding",
           EXISTS (SELECT FROM transfer_offer o WHERE o.to_agent = a.id AND o.ended_at IS NULL) AS "isOffered"
    FROM agent_status s JOIN agent a ON a.id = s.agent_id JOIN agent_service g ON g.agent_id = a.id
    LEFT JOIN module m ON m.id = s.module_id
    WHERE s.branch_id = ${branchId} AND g.service_id = ${serviceId} AND a.disabled_at IS NULL
      AND (${agentId}::uuid IS NULL OR a.id = ${agentId}::uuid)
    GROUP BY a.id, m.id, s.agent_id
    ORDER BY level, name, a.id`.execute(db);
  return rows.map(({ seenAt, ...row }) => ({ ...row, seenAt: seenAt?.getTime() ?? null }));
}

/** Whether somebody of this company has a state: only theirs can be locked. */
export async function hasStatus(db: Reader, companyId: string, agentId: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM agent_status s JOIN agent a ON a.id = s.agent_id
    WHERE a.id = ${agentId} AND a.company_id = ${companyId}`.execute(db);
  return rows.length > 0;
}
