import { sql, type RawBuilder } from 'kysely';
import type { Reader, Writer } from './database.ts';
import type { KnownDevice } from './device-rows.ts';
import { brokenUnique } from './unique-violation.ts';

/** Why a session is over, as its desk is told. */
export type SessionEnd = 'signedOut' | 'signedInElsewhere' | 'revoked' | 'disabled' | 'deskRevoked' | 'expired';

export interface SessionRow {
  id: string;
  agentId: string;
  companyId: string;
  deviceId: string;
  branchId: string | null;
  moduleId: string | null;
  expiresAt: number;
  endedAt: number | null;
  /** Null while it lives. */
  endCause: SessionEnd | null;
  /** The agent's account, not the session. */
  isDisabled: boolean;
}

const sessions = (db: Reader) =>
  db
    .selectFrom('session')
    .innerJoin('agent', 'agent.id', 'session.agent_id')
    .select([
      'session.id',
      'session.agent_id',
      'agent.company_id',
      'session.device_id',
      'session.branch_id',
      'session.module_id',
      'session.expires_at',
      'session.ended_at',
      'session.end_cause',
      'agent.disabled_at',
    ]);

type Selected = Awaited<ReturnType<ReturnType<typeof sessions>['execute']>>[number];

const present = (row: Selected): SessionRow => ({
  id: row.id,
  agentId: row.agent_id,
  companyId: row.company_id,
  deviceId: row.device_id,
  branchId: row.branch_id,
  moduleId: row.module_id,
  expiresAt: row.expires_at.getTime(),
  endedAt: row.ended_at?.getTime() ?? null,
  endCause: row.end_cause as SessionEnd | null,
  isDisabled: row.disabled_at !== null,
});

/** What a request shows of itself: hashes of a session's token and of a device's secret. */
export interface Shown {
  tokenHash: Buffer;
  deviceId: string;
  secretHash: Buffer;
}

/**
 * `agent_id, company_id, device_id` of the session that is shown, if it lives and is shown by its own desk, for a statement that
 * does what the session may do. Where it finds none, `requireSession` says why.
 */
export const liveSession = ({ tokenHash, deviceId, secretHash }: Shown, now: number): RawBuilder<unknown> => sql`
  SELECT s.agent_id, a.company_id, s.device_id FROM session s
  JOIN agent a ON a.id = s.agent_id JOIN device d ON d.id = s.device_id
  WHERE s.token_hash = ${tokenHash} AND s.ended_at IS NULL AND s.expires_at > ${new Date(now)} AND a.disabled_at IS NULL
    AND d.id = ${deviceId} AND d.secret_hash = ${secretHash} AND d.revoked_at IS NULL`;

/** The session of a token and a device, revoked ones too, each by itself: whether they belong together is not looked at. */
export async function readSessionAndDevice(
  db: Reader,
  { tokenHash, deviceId }: { tokenHash: Buffer | null; deviceId: string | null },
): Promise<{ session: SessionRow | null; device: KnownDevice | null }> {
  type Row = Selected & { d_id: string | null } & Omit<KnownDevice, 'id' | 'isRevoked'> & { revokedAt: Date | null };
  const { rows } = await sql<Row>`
    SELECT s.id, s.agent_id, a.company_id, s.device_id, s.branch_id, s.module_id, s.expires_at, s.ended_at, s.end_cause,
           a.disabled_at, d.id AS d_id, d.company_id AS "companyId", d.branch_id AS "branchId", d.kind, d.name,
           d.secret_hash AS "secretHash", d.revoked_at AS "revokedAt"
    FROM (SELECT ${tokenHash}::bytea AS token_hash, ${deviceId}::uuid AS device_id) AS shown
    LEFT JOIN device d ON d.id = shown.device_id
    LEFT JOIN (session s JOIN agent a ON a.id = s.agent_id) ON s.token_hash = shown.token_hash`.execute(db);
  const [row] = rows;
  if (!row) return { session: null, device: null };
  const { d_id: id, companyId, branchId, kind, name, secretHash, revokedAt } = row;
  return {
    session: row.id === null ? null : present(row),
    device: id === null ? null : { id, companyId, branchId, kind, name, secretHash, isRevoked: revokedAt !== null },
  };
}

/** Sessions that have not ended, of an agent or on a device. */
export async function readOpenSessions(
  db: Reader,
  of: { agentId: string } | { deviceId: string },
): Promise<SessionRow[]> {
  const query = sessions(db).where('session.ended_at', 'is', null).orderBy('session.id');
  const rows = await (
    'agentId' in of
      ? query.where('session.agent_id', '=', of.agentId)
      : query.where('session.device_id', '=', of.deviceId)
  ).execute();
  return rows.map(present);
}

/** Sessions that nobody ended and whose time is over. */
export async function readExpiredSessions(db: Reader, now: number): Promise<SessionRow[]> {
  const rows = await sessions(db)
    .where('session.ended_at', 'is', null)
    .where('session.expires_at', '<=', new Date(now))
    .orderBy('session.id')
    .limit(100)
    .execute();
  return rows.map(present);
}

export async function insertSession(
  tx: Writer,
  session: { id: string; agentId: string; deviceId: string; tokenHash: Buffer; createdAt: number; expiresAt: number },
): Promise<void> {
  await tx
    .insertInto('session')
    .values({
      id: session.id,
      agent_id: session.agentId,
      device_id: session.deviceId,
      token_hash: session.tokenHash,
      branch_id: null,
      module_id: null,
      created_at: new Date(session.createdAt),
      expires_at: new Date(session.expiresAt),
    })
    .execute();
}

/** Ends a session that is open and returns where it sat until then; null when it was over. */
export async function closeSession(
  tx: Writer,
  id: string,
  cause: SessionEnd,
  at: number,
): Promise<{ branchId: string | null } | null> {
  const row = await tx
    .updateTable('session')
    .set({ ended_at: new Date(at), end_cause: cause })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('branch_id as branchId')
    .executeTakeFirst();
  return row ?? null;
}

/** Sits an open session at a module and returns whether it could: not when somebody else sits there. */
export async function seatSession(
  tx: Writer,
  id: string,
  seat: { branchId: string; moduleId: string; takenAt: number },
): Promise<boolean> {
  try {
    const { numUpdatedRows } = await tx
      .updateTable('session')
      .set({ branch_id: seat.branchId, module_id: seat.moduleId })
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw new Error(`session ${id} is not open`);
    const { branchId: branch_id, moduleId: module_id } = seat;
    await tx
      .insertInto('seat')
      .values({ session_id: id, taken_at: new Date(seat.takenAt), branch_id, module_id })
      .onConflict((conflict) => conflict.columns(['session_id', 'taken_at']).doUpdateSet({ branch_id, module_id }))
      .execute();
    return true;
  } catch (error) {
    if (brokenUnique(error) !== null) return false;
    throw error;
  }
}

/** Who sits at a module now. */
export async function readSitter(db: Reader, moduleId: string): Promise<string | null> {
  const row = await db
    .selectFrom('session')
    .innerJoin('agent', 'agent.id', 'session.agent_id')
    .select(['agent.first_name', 'agent.last_name'])
    .where('session.module_id', '=', moduleId)
    .where('session.ended_at', 'is', null)
    .executeTakeFirst();
  return row ? `${row.first_name} ${row.last_name}`.trim() : null;
}

export async function insertSocketTicket(
  db: Reader,
  ticket: { hash: Buffer; sessionId: string; expiresAt: number },
): Promise<void> {
  await db
    .insertInto('socket_ticket')
    .values({ ticket_hash: ticket.hash, session_id: ticket.sessionId, expires_at: new Date(ticket.expiresAt) })
    .execute();
}

/** Uses a ticket up: of two who show it one gets its session. Clears away those that nobody showed in time. */
export async function takeSocketTicket(db: Reader, hash: Buffer, now: number): Promise<SessionRow | null> {
  const ticket = await db
    .deleteFrom('socket_ticket')
    .where('ticket_hash', '=', hash)
    .returning(['session_id', 'expires_at'])
    .executeTakeFirst();
  await db.deleteFrom('socket_ticket').where('expires_at', '<=', new Date(now)).execute();
  if (!ticket || ticket.expires_at.getTime() <= now) return null;
  const row = await sessions(db)
    .where('session.id', '=', ticket.session_id)
    .where('session.ended_at', 'is', null)
    .where('session.expires_at', '>', new Date(now))
    .where('agent.disabled_at', 'is', null)
    .executeTakeFirst();
  return row ? present(row) : null;
}
