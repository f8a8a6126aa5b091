import { sql, type Selectable } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { AgentStatus } from '../../protocol/agent-status.ts';
import type { ServiceId } from '../../protocol/ids.ts';
import type { Database, Reader, Writer } from './database.ts';

export interface StatusRow {
  status: AgentStatus;
  freeSince: number;
  connectionId: string | null;
  seenAt: number | null;
}

const present = (row: Selectable<Database['agent_status']>): StatusRow => ({
  status: {
    agentId: row.agent_id as AgentStatus['agentId'],
    state: row.state,
    nextState: row.next_state,
    isManual: row.is_manual,
    since: row.since.getTime(),
    cause: row.cause,
    branchId: row.branch_id as AgentStatus['branchId'],
    moduleId: row.module_id as AgentStatus['moduleId'],
  },
  freeSince: row.free_since.getTime(),
  connectionId: row.connection_id,
  seenAt: row.seen_at?.getTime() ?? null,
});

/**
 * Locks the status rows of these agents, in the order of their ids; makes a missing one (Fuera de línea). A status is
 * always locked before a ticket, so that no two transactions wait for each other.
 */
export async function lockStatuses(tx: Writer, agentIds: string[], now: number): Promise<Map<string, StatusRow>> {
  const ids = [...new Set(agentIds)];
  if (ids.length === 0) return new Map();
  const found = await lockKnownStatuses(tx, ids);
  if (found.size === ids.length) return found;
  await insertMissing(
    tx,
    ids.filter((id) => !found.has(id)),
    new Date(now),
  );
  return lockKnownStatuses(tx, ids);
}

/** The same without those that are missing. */
async function lockKnownStatuses(tx: Writer, ids: string[]): Promise<Map<string, StatusRow>> {
  return byAgent(await selectToLock(tx, ids).execute());
}

/** The same, and none at all where `author` never had a session at that desk. */
export async function lockStatusesFor(
  tx: Writer,
  author: { agentId: string; deviceId: string },
  ids: string[],
): Promise<Map<string, StatusRow>> {
  const rows = await selectToLock(tx, ids)
    .where((where) =>
      where.exists(
        where
          .selectFrom('session')
          .select('id')
          .where('session.device_id', '=', author.deviceId)
          .where('session.agent_id', '=', author.agentId),
      ),
    )
    .execute();
  return byAgent(rows);
}

const selectToLock = (tx: Writer, ids: string[]) =>
  tx.selectFrom('agent_status').selectAll().where('agent_status.agent_id', 'in', ids).orderBy('agent_id').forUpdate();

function byAgent(rows: Selectable<Database['agent_status']>[]): Map<string, StatusRow> {
  return new Map(rows.map((row) => [row.agent_id, present(row)]));
}

async function insertMissing(tx: Writer, ids: string[], at: Date): Promise<void> {
  await tx
    .insertInto('agent_status')
    .values(
      ids.toSorted().map((agent_id) => ({
        agent_id,
        state: 'offline' as const,
        next_state: 'online' as const,
        is_manual: false,
        since: at,
        cause: 'signIn' as const,
        branch_id: null,
        module_id: null,
        free_since: at,
        connection_id: null,
        seen_at: null,
      })),
    )
    .onConflict((conflict) => conflict.column('agent_id').doNothing())
    .execute();
}

export async function readStatus(db: Reader, agentId: string): Promise<StatusRow | null> {
  const row = await db.selectFrom('agent_status').selectAll().where('agent_id', '=', agentId).executeTakeFirst();
  return row ? present(row) : null;
}

/** Writes a status and, when its state changed, a row of the ledger. */
export async function saveStatus(
  tx: Writer,
  before: AgentStatus,
  after: AgentStatus,
  time: { occurredAt: number; receivedAt: number; isSuspect: boolean },
): Promise<void> {
  const saved = tx
    .updateTable('agent_status')
    .set({
      state: after.state,
      next_state: after.nextState,
      is_manual: after.isManual,
      since: new Date(after.since),
      cause: after.cause,
      branch_id: after.branchId,
      module_id: after.moduleId,
      ...(before.state !== after.state ? { free_since: new Date(time.receivedAt) } : {}),
    })
    .where('agent_id', '=', after.agentId)
    .execute();
  const isInLedger = before.state !== after.state || before.cause !== after.cause;
  const noted = tx.insertInto('status_ledger').values({
    id: uuidv7(),
    agent_id: after.agentId,
    state: after.state,
    cause: after.cause,
    occurred_at: new Date(time.occurredAt),
    received_at: new Date(time.receivedAt),
    is_suspect: time.isSuspect,
  });
  await Promise.all([saved, isInLedger && noted.execute()]);
}

/** A state that an agent chose and that never was theirs: it came too late (SPEC ST9). */
export async function insertSupersededState(
  tx: Writer,
  { agentId, state, cause }: Pick<AgentStatus, 'agentId' | 'state' | 'cause'>,
  time: { occurredAt: number; receivedAt: number; isSuspect: boolean },
): Promise<void> {
  await tx
    .insertInto('status_ledger')
    .values({
      id: uuidv7(),
      agent_id: agentId,
      state,
      cause,
      occurred_at: new Date(time.occurredAt),
      received_at: new Date(time.receivedAt),
      is_suspect: time.isSuspect,
      is_superseded: true,
    })
    .execute();
}

/** The agent has just become free: others who have been free for longer go first. */
export async function setFreeSince(tx: Writer, agentId: string, at: number): Promise<void> {
  await tx
    .updateTable('agent_status')
    .set({ free_since: new Date(at) })
    .where('agent_id', '=', agentId)
    .execute();
}

/** The socket that speaks for an agent from now on, or null when it has gone; the last instant at which it was there. */
export async function setConnection(
  tx: Writer,
  agentId: string,
  connectionId: string | null,
  seenAt: number,
): Promise<void> {
  await tx
    .updateTable('agent_status')
    .set({ connection_id: connectionId, seen_at: new Date(seenAt) })
    .where('agent_id', '=', agentId)
    .execute();
}

/** These sockets are alive. */
export async function setSeen(db: Reader, connectionIds: string[], at: number): Promise<void> {
  await db
    .updateTable('agent_status')
    .set({ seen_at: new Date(at) })
    .where('connection_id', 'in', connectionIds)
    .execute();
}

/** Agents whose desk no process has seen since then, though nobody has said that it went: its own process has ended. */
export async function readLostAgents(db: Reader, seenBefore: number): Promise<string[]> {
  const rows = await db
    .selectFrom('agent_status')
    .select('agent_id')
    .where('connection_id', 'is not', null)
    .where('seen_at', '<=', new Date(seenBefore))
    .execute();
  return rows.map((row) => row.agent_id);
}

/** Agents of a branch who may be free for an automatic call; whoever wants to call them looks again under the lock. */
export async function readCandidates(db: Reader, branchId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT s.agent_id AS id FROM agent_status s
    WHERE s.branch_id = ${branchId} AND s.state = 'online' AND NOT s.is_manual AND s.connection_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM ticket t WHERE t.holder_id = s.agent_id AND t.state IN ('calling', 'attending'))
      AND NOT EXISTS (SELECT FROM transfer_offer o WHERE o.to_agent = s.agent_id AND o.ended_at IS NULL)`.execute(db);
  return rows.map(({ id }) => id);
}

/** What a call needs to know of an agent. */
export interface Caller {
  agentId: string;
  name: string;
  moduleId: string | null;
  moduleName: string | null;
  /** They call or attend somebody, or a live video is offered to them. */
  isHolding: boolean;
  mainServices: ServiceId[];
  supportServices: ServiceId[];
}

export async function readCallers(db: Reader, agentIds: string[]): Promise<Caller[]> {
  if (agentIds.length === 0) return [];
  const { rows } = await sql<Caller>`
    SELECT a.id AS "agentId", trim(a.first_name || ' ' || a.last_name) AS name,
           m.id AS "moduleId", m.name AS "moduleName",
           EXISTS (SELECT FROM ticket t WHERE t.holder_id = a.id AND t.state IN ('calling', 'attending'))
             OR EXISTS (SELECT FROM transfer_offer o WHERE o.to_agent = a.id AND o.ended_at IS NULL) AS "isHolding",
           ARRAY(SELECT service_id FROM agent_service WHERE agent_id = a.id AND level = 'main') AS "mainServices",
           ARRAY(SELECT service_id FROM agent_service WHERE agent_id = a.id AND level = 'support') AS "supportServices"
    FROM agent a JOIN agent_status s ON s.agent_id = a.id LEFT JOIN module m ON m.id = s.module_id
    WHERE a.id = ANY (${agentIds}::uuid[])`.execute(db);
  return rows;
}

/** How many agents are En línea for a service in a branch. */
export async function countServing(db: Reader, branchId: string, serviceId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM agent_status s JOIN agent_service g ON g.agent_id = s.agent_id
    WHERE s.branch_id = ${branchId} AND s.state = 'online' AND g.service_id = ${serviceId}`.execute(db);
  return rows[0]?.count ?? 0;
}
