import { sql } from 'kysely';
import type { GuestMessage, Message, MessagesRead } from '../../protocol/video/message.ts';
import type { Reader, Writer } from './database.ts';

/** Of each ticket; who has had a longer talk than this has the rest on the server. */
const MOST_OF_A_CHAT = 500;

export interface MessageRow {
  id: string;
  ticketId: string;
  attentionId: string;
  /** Null for the guest's. */
  agentId: string | null;
  guestLinkId: string | null;
  clientKey: string | null;
  text: string;
  at: number;
}

/** Writes a message as the next of its ticket, which is locked. Returns its `seq`. */
export async function insertMessage(tx: Writer, row: MessageRow): Promise<number> {
  const { rows } = await sql<{ seq: number }>`
    WITH counted AS (
      INSERT INTO conversation AS c (ticket_id, last_seq) VALUES (${row.ticketId}, 1)
      ON CONFLICT (ticket_id) DO UPDATE SET last_seq = c.last_seq + 1
      RETURNING last_seq
    )
    INSERT INTO message (id, ticket_id, attention_id, seq, agent_id, guest_link_id, client_key, text, sent_at)
    SELECT ${row.id}::uuid, ${row.ticketId}::uuid, ${row.attentionId}::uuid, last_seq, ${row.agentId}::uuid,
           ${row.guestLinkId}::uuid, ${row.clientKey}::uuid, ${row.text}::text, ${new Date(row.at)}::timestamptz
    FROM counted
    RETURNING seq`.execute(tx);
  const [inserted] = rows;
  if (!inserted) throw new Error('a message was not written');
  return inserted.seq;
}

interface Selected {
  id: string;
  ticketId: string;
  seq: number;
  agentId: string | null;
  firstName: string | null;
  lastName: string | null;
  clientKey: string | null;
  text: string;
  sentAt: Date;
}

const columns = sql.raw(`m.id, m.ticket_id AS "ticketId", m.seq, m.agent_id AS "agentId", a.first_name AS "firstName",
  a.last_name AS "lastName", m.client_key AS "clientKey", m.text, m.sent_at AS "sentAt"`);

/** The chats of these tickets, the last of each in its order; nothing of those without one. */
export async function readChats(
  db: Reader,
  ticketIds: string[],
): Promise<Map<string, { messages: Message[]; messagesRead: MessagesRead }>> {
  if (ticketIds.length === 0) return new Map();
  const talks = await db
    .selectFrom('conversation')
    .select(['ticket_id', 'last_seq', 'read_by_agent', 'read_by_guest'])
    .where('ticket_id', 'in', ticketIds)
    .execute();
  if (talks.length === 0) return new Map();
  const { rows } = await sql<Selected>`
    SELECT ${columns} FROM conversation c
    JOIN message m ON m.ticket_id = c.ticket_id AND m.seq > c.last_seq - ${MOST_OF_A_CHAT}
    LEFT JOIN agent a ON a.id = m.agent_id
    WHERE c.ticket_id = ANY (${talks.map(({ ticket_id: id }) => id)}::uuid[])
    ORDER BY m.seq`.execute(db);
  const messages = Map.groupBy(rows.map(messageOf), ({ ticketId }) => ticketId as string);
  return new Map(
    talks.map(({ ticket_id: id, read_by_agent: byAgent, read_by_guest: byGuest }) => [
      id,
      { messages: messages.get(id) ?? [], messagesRead: { byAgent, byGuest } },
    ]),
  );
}

const messageOf = (row: Selected): Message => ({
  id: row.id as Message['id'],
  ticketId: row.ticketId as Message['ticketId'],
  seq: row.seq,
  from: row.agentId === null ? 'guest' : 'agent',
  agentId: row.agentId as Message['agentId'],
  agentName: row.agentId === null ? null : `${row.firstName ?? ''} ${row.lastName ?? ''}`.trim(),
  text: row.text,
  sentAt: row.sentAt.getTime(),
});

const guestMessageOf = (row: Selected): GuestMessage => ({
  seq: row.seq,
  from: row.agentId === null ? 'guest' : 'agent',
  agentName: row.agentId === null ? null : (row.firstName ?? ''),
  text: row.text,
  sentAt: row.sentAt.getTime(),
  key: row.clientKey,
});

/**
 * What the browser of a guest may see of the chat of its ticket: what was written while it was in, by whichever link, and while
 * nobody was (SPEC CH3). At most `limit` messages after `after`, in their order; none once its link is revoked.
 */
export async function readGuestChat(
  db: Reader,
  { id: linkId, ticketId, browserHash }: { id: string; ticketId: string; browserHash: Buffer },
  after: number,
  limit: number,
): Promise<{ messages: GuestMessage[]; read: MessagesRead }> {
  const [{ rows }, talk] = await Promise.all([
    sql<Selected>`
      SELECT ${columns} FROM message m
      LEFT JOIN agent a ON a.id = m.agent_id
      LEFT JOIN guest_link g ON g.id = m.guest_link_id
      WHERE m.ticket_id = ${ticketId} AND m.seq > ${after}
        AND (m.guest_link_id IS NULL OR g.browser_hash = ${browserHash})
        AND EXISTS (SELECT FROM guest_link own WHERE own.id = ${linkId} AND own.revoked_at IS NULL)
      ORDER BY m.seq LIMIT ${limit}`.execute(db),
    readRead(db, ticketId),
  ]);
  return { messages: rows.map(guestMessageOf), read: talk };
}

/** What a guest's page sent under this key; null for nothing. */
export async function readSentByGuest(
  db: Reader,
  { ticketId, clientKey }: { ticketId: string; clientKey: string },
): Promise<(GuestMessage & { guestLinkId: string | null }) | null> {
  const { rows } = await sql<Selected & { guestLinkId: string | null }>`
    SELECT ${columns}, m.guest_link_id AS "guestLinkId" FROM message m LEFT JOIN agent a ON a.id = m.agent_id
    WHERE m.ticket_id = ${ticketId} AND m.client_key = ${clientKey}`.execute(db);
  const [row] = rows;
  return row ? { ...guestMessageOf(row), guestLinkId: row.guestLinkId } : null;
}

/**
 * A side has seen the messages of the other up to here; never more than there are, and never less than before. Null where
 * nothing has changed by it.
 */
export async function setRead(
  tx: Writer,
  ticketId: string,
  side: 'agent' | 'guest',
  upTo: number,
): Promise<MessagesRead | null> {
  const column = sql.ref(side === 'agent' ? 'read_by_agent' : 'read_by_guest');
  const { rows } = await sql<MessagesRead>`
    UPDATE conversation SET ${column} = LEAST(${upTo}, last_seq)
    WHERE ticket_id = ${ticketId} AND ${column} < LEAST(${upTo}, last_seq)
    RETURNING read_by_agent AS "byAgent", read_by_guest AS "byGuest"`.execute(tx);
  return rows[0] ?? null;
}

async function readRead(db: Reader, ticketId: string): Promise<MessagesRead> {
  const talk = await db
    .selectFrom('conversation')
    .select(['read_by_agent as byAgent', 'read_by_guest as byGuest'])
    .where('ticket_id', '=', ticketId)
    .executeTakeFirst();
  return talk ?? { byAgent: 0, byGuest: 0 };
}
