import { sql } from 'kysely';
import { TicketHeader } from '../../protocol/ticket.ts';
import { TAKEN_BACK } from './attention-rows.ts';
import type { Reader, Writer } from './database.ts';

export interface TicketRow {
  id: string;
  companyId: string;
  branchId: string;
  contactId: string | null;
  topicIds: string[];
  header: TicketHeader;
}

const COLUMNS = ['id', 'company_id', 'branch_id', 'contact_id', 'topic_ids', 'header'] as const;

interface Selected {
  id: string;
  company_id: string;
  branch_id: string;
  contact_id: string | null;
  topic_ids: string[];
  header: unknown;
}

/**
 * Whether a header is one, of the ticket of its row. A row whose header is not is set apart (trust B95): whoever asks for it finds
 * nothing, the rest goes on, and `admin doctor` names it.
 */
export const isHeader = (header: unknown, id: string): header is TicketHeader => {
  const { data } = TicketHeader.safeParse(header);
  return data?.id === id;
};

const headersOf = (rows: { id: string; header: unknown }[]): TicketHeader[] =>
  rows.flatMap(({ id, header }) => (isHeader(header, id) ? [header] : []));

const present = ({ header, ...row }: Selected): TicketRow | null =>
  isHeader(header, row.id)
    ? {
        id: row.id,
        companyId: row.company_id,
        branchId: row.branch_id,
        contactId: row.contact_id,
        topicIds: row.topic_ids,
        header,
      }
    : null;

const presentAll = (rows: Selected[]): TicketRow[] => rows.map(present).filter((row) => row !== null);

/** Reads a ticket of this company and locks it to the end of the transaction. */
export async function lockTicket(tx: Writer, companyId: string, ticketId: string): Promise<TicketRow | null> {
  const row = await tx
    .selectFrom('ticket')
    .select(COLUMNS)
    .where('id', '=', ticketId)
    .where('company_id', '=', companyId)
    .forUpdate()
    .executeTakeFirst();
  return row ? present(row) : null;
}

/** Reads and locks it as long as nobody holds it; null else, and then nothing is locked. Waits for whoever is taking it. */
export async function lockFreeTicket(tx: Writer, companyId: string, ticketId: string): Promise<TicketRow | null> {
  const row = await tx
    .selectFrom('ticket')
    .select(COLUMNS)
    .where('id', '=', ticketId)
    .where('company_id', '=', companyId)
    .where('holder_id', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row ? present(row) : null;
}

/** Reads and locks the ticket that came in the place of this one; null for none. */
export async function lockRenewal(tx: Writer, ticketId: string): Promise<TicketRow | null> {
  const row = await tx
    .selectFrom('ticket')
    .select(COLUMNS)
    .where('renews', '=', ticketId)
    .forUpdate()
    .executeTakeFirst();
  return row ? present(row) : null;
}

/**
 * Reads and locks the open tickets of this company that a browser is in, but for one. What another transaction has locked is left
 * out: to wait for it while holding that one may be a deadlock.
 */
export async function lockOthersOfBrowser(
  tx: Writer,
  { companyId, browserHash, ticketId }: { companyId: string; browserHash: Buffer; ticketId: string },
): Promise<TicketRow[]> {
  const rows = await tx
    .selectFrom('ticket')
    .select(COLUMNS)
    .where('company_id', '=', companyId)
    .where('closed_at', 'is', null)
    .where('id', '<>', ticketId)
    .where('id', 'in', (links) =>
      links
        .selectFrom('guest_link')
        .select('ticket_id')
        .where('browser_hash', '=', browserHash)
        .where('revoked_at', 'is', null),
    )
    .orderBy('id')
    .forUpdate()
    .skipLocked()
    .execute();
  return presentAll(rows);
}

/** Reads a ticket of this company without a lock. */
export async function readTicket(db: Reader, companyId: string, ticketId: string): Promise<TicketRow | null> {
  const row = await db
    .selectFrom('ticket')
    .select(COLUMNS)
    .where('id', '=', ticketId)
    .where('company_id', '=', companyId)
    .executeTakeFirst();
  return row ? present(row) : null;
}

/** The line of a branch, or of one of its services. */
export async function readWaiting(db: Reader, branchId: string, serviceId?: string): Promise<TicketHeader[]> {
  let query = db
    .selectFrom('ticket')
    .select(['id', 'header'])
    .where('branch_id', '=', branchId)
    .where('state', '=', 'waiting')
    .where('closed_at', 'is', null);
  if (serviceId !== undefined) query = query.where('service_id', '=', serviceId);
  return headersOf(await query.execute());
}

/** Whether anybody waits in a branch. */
export async function isAnybodyWaiting(db: Reader, branchId: string): Promise<boolean> {
  const row = await db
    .selectFrom('ticket')
    .select('id')
    .where('branch_id', '=', branchId)
    .where('state', '=', 'waiting')
    .where('closed_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Locks a ticket of a contact and that contact's open tickets, in the order of their ids, as whoever locks several does.
 * The contact itself has been locked before.
 */
export async function lockTicketsOf(tx: Writer, contactId: string, ticketId: string): Promise<TicketRow[]> {
  const rows = await tx
    .selectFrom('ticket')
    .select(COLUMNS)
    .where('contact_id', '=', contactId)
    .where((where) => where.or([where('closed_at', 'is', null), where('id', '=', ticketId)]))
    .orderBy('id')
    .forUpdate()
    .execute();
  return presentAll(rows);
}

/** Calls whose desk was last seen before `seenBefore` and that have rung since before then: their attentions. */
export async function readSilentCalls(db: Reader, seenBefore: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT t.attention_id AS id FROM ticket t JOIN agent_status s ON s.agent_id = t.holder_id
    WHERE t.state = 'calling' AND t.closed_at IS NULL
      AND (s.seen_at IS NULL OR s.seen_at < ${new Date(seenBefore)})
      AND (t.header ->> 'lastCalledAt')::bigint < ${seenBefore}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Videos in hand whose desk was last seen before `seenBefore` and that have gone on since before then: their attentions. */
export async function readSilentVideos(db: Reader, seenBefore: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT t.attention_id AS id FROM ticket t JOIN agent_status s ON s.agent_id = t.holder_id
    WHERE t.state = 'attending' AND t.kind = 'virtual' AND t.closed_at IS NULL
      AND (s.seen_at IS NULL OR s.seen_at <= ${new Date(seenBefore)})
      AND (t.header ->> 'attendingSince')::bigint <= ${seenBefore}`.execute(db);
  return rows.map(({ id }) => id);
}

/** The headers that a desk keeps of a branch: the open ones, and the newest `limit` of those closed after `closedAfter`. */
export async function readHeaders(
  db: Reader,
  branchId: string,
  { closedAfter, limit }: { closedAfter: number; limit: number },
): Promise<TicketHeader[]> {
  const { rows } = await sql<{ id: string; header: unknown }>`
    (SELECT id, header FROM ticket WHERE branch_id = ${branchId} AND closed_at IS NULL)
    UNION ALL
    (SELECT id, header FROM ticket WHERE branch_id = ${branchId} AND closed_at > ${new Date(closedAfter)}
     ORDER BY closed_at DESC LIMIT ${limit})`.execute(db);
  return headersOf(rows);
}

/** The tickets whose content an agent has: in hand, and the newest `limit` of those closed by them after `closedAfter`. */
export async function readTicketsOfAgent(
  db: Reader,
  agentId: string,
  { closedAfter, limit }: { closedAfter: number; limit: number },
): Promise<TicketRow[]> {
  const { rows } = await sql<Selected>`
    (SELECT id, company_id, branch_id, contact_id, topic_ids, header FROM ticket WHERE holder_id = ${agentId})
    UNION ALL
    (SELECT t.id, t.company_id, t.branch_id, t.contact_id, t.topic_ids, t.header
     FROM attention a JOIN ticket t ON t.id = a.ticket_id AND t.epoch = a.epoch
     WHERE a.agent_id = ${agentId} AND a.outcome IS NOT NULL AND a.end_cause <> ALL (${TAKEN_BACK})
       AND a.called_at > ${new Date(closedAfter)}::timestamptz - interval '1 day' AND t.closed_at > ${new Date(closedAfter)}
     ORDER BY t.closed_at DESC LIMIT ${limit})`.execute(db);
  return presentAll(rows);
}

/** Columns that queries need, taken from the header, which is the ticket. */
const derived = (header: TicketHeader) => ({
  service_id: header.serviceId,
  kind: header.kind,
  state: header.state,
  outcome: header.outcome,
  priority: header.priority,
  holder_id: header.holder?.agentId ?? null,
  attention_id: header.holder?.attentionId ?? null,
  epoch: header.epoch,
  header: JSON.stringify(header),
  waiting_since: new Date(header.waitingSince),
  closed_at: header.closedAt === null ? null : new Date(header.closedAt),
});

/** Writes a ticket that `lockTicket` has locked. */
export async function saveTicket(tx: Writer, header: TicketHeader): Promise<void> {
  await tx.updateTable('ticket').set(derived(header)).where('id', '=', header.id).execute();
}

export async function insertTicket(
  tx: Writer,
  header: TicketHeader,
  rest: { companyId: string; contactId: string | null; turnTokenHash: Buffer | null; renews?: string },
): Promise<void> {
  await tx
    .insertInto('ticket')
    .values({
      ...derived(header),
      id: header.id,
      company_id: rest.companyId,
      branch_id: header.branchId,
      contact_id: rest.contactId,
      number: header.number,
      turn_code: header.turnCode,
      business_day: header.businessDay,
      origin: header.origin,
      turn_token_hash: rest.turnTokenHash,
      renews: rest.renews ?? null,
      created_at: new Date(header.createdAt),
    })
    .execute();
}

export async function setContact(tx: Writer, ticketId: string, contactId: string | null): Promise<void> {
  await tx.updateTable('ticket').set({ contact_id: contactId }).where('id', '=', ticketId).execute();
}

export async function setTopics(tx: Writer, ticketId: string, topicIds: string[]): Promise<void> {
  await tx.updateTable('ticket').set({ topic_ids: topicIds }).where('id', '=', ticketId).execute();
}

/** The oldest ticket of a branch that this agent has laid aside, locked; null for none, or while another is in hand. */
export async function lockAside(tx: Writer, agentId: string, branchId: string): Promise<TicketRow | null> {
  const row = await tx
    .selectFrom('ticket')
    .select(COLUMNS)
    .where('holder_id', '=', agentId)
    .where('branch_id', '=', branchId)
    .where('state', '=', 'paused')
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('ticket as other')
            .select('other.id')
            .where('other.holder_id', '=', agentId)
            .where('other.state', 'in', ['calling', 'attending']),
        ),
      ),
    )
    .orderBy('created_at')
    .orderBy('number')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return row ? present(row) : null;
}

/** The ticket that the agent calls or attends now; each agent at most one. */
export async function heldBy(db: Reader, agentId: string): Promise<TicketHeader | null> {
  const row = await db
    .selectFrom('ticket')
    .select('header')
    .where('holder_id', '=', agentId)
    .where('state', 'in', ['calling', 'attending'])
    .executeTakeFirst();
  return row?.header ?? null;
}
