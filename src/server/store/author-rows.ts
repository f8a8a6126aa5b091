import { sql } from 'kysely';
import type { CommandResult } from '../../protocol/commands/agent-command.ts';
import type { AgentRole } from '../../protocol/office.ts';
import type { Reader } from './database.ts';

/** An agent who acts, in a session at the desk that delivers. */
export interface SessionAuthor {
  agentId: string;
  companyId: string;
  name: string;
  role: AgentRole;
  deviceId: string;
  /** The session that was asked for; the agent's latest at this desk when that one is not theirs. */
  sessionId: string;
  sessionSince: number;
  /** It has neither ended nor run out. */
  hasSession: boolean;
  isDisabled: boolean;
  branches: string[];
  services: { id: string; level: 'main' | 'support' }[];
}

/** Where a session sat; all null before its first seat. */
export interface Seat {
  branchId: string | null;
  moduleId: string | null;
  moduleName: string | null;
}

/** An agent who acts, with the seat that the act belongs to. */
export type Author = SessionAuthor & Seat;

/** Who acts, at which desk and in which session. */
interface Acting {
  agentId: string;
  deviceId: string;
  sessionId: string;
}

const author = ({ agentId, deviceId, sessionId }: Acting, now: number) => sql`
    SELECT agent.id AS "agentId", agent.company_id AS "companyId",
           trim(agent.first_name || ' ' || agent.last_name) AS name, agent.role,
           session.device_id AS "deviceId", session.id AS "sessionId", session.created_at AS "sessionSince",
           session.ended_at IS NULL AND session.expires_at > ${new Date(now)} AS "hasSession",
           agent.disabled_at IS NOT NULL AS "isDisabled",
           CASE WHEN agent.role = 'agent'
             THEN ARRAY(SELECT branch_id FROM agent_branch WHERE agent_id = agent.id)
             ELSE ARRAY(SELECT id FROM branch WHERE company_id = agent.company_id)
           END AS branches,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('id', service_id, 'level', level)), '[]')
            FROM agent_service WHERE agent_id = agent.id) AS services
    FROM session JOIN agent ON agent.id = session.agent_id
    WHERE session.device_id = ${deviceId} AND session.agent_id = ${agentId}
    ORDER BY session.id = ${sessionId} DESC, session.created_at DESC LIMIT 1`;

/** Null when this agent never signed in on this desk: then nothing may be delivered in their name. */
export async function readAuthor(db: Reader, acting: Acting, now: number): Promise<SessionAuthor | null> {
  const { rows } = await sql<
    Omit<SessionAuthor, 'sessionSince'> & { sessionSince: Date }
  >`${author(acting, now)}`.execute(db);
  const [row] = rows;
  return row ? { ...row, sessionSince: row.sessionSince.getTime() } : null;
}

/** An author who delivers a command. */
export interface DeliveringAuthor extends SessionAuthor {
  /** When the latest act of this session happened that the server accepted; null before the first. */
  previousActAt: number | null;
  /** What they call or attend now, or have accepted to go on with. */
  inHandId: string | null;
  /** Where they sit now. */
  seat: Seat;
  /** Where they sat when they acted, by the hour that was claimed. */
  seatThen: Seat;
  /** What the command got when it was delivered before; null: it was not. */
  known: { answer: CommandResult; bodyHash: Buffer } | null;
}

/** The author of a command, as `readAuthor`, with all that its delivery depends on. `actedAt`: when they say that they acted. */
export async function readDelivery(
  db: Reader,
  acting: Acting & { commandId: string; actedAt: number },
  now: number,
): Promise<DeliveringAuthor | null> {
  const { rows } = await sql<
    Omit<SessionAuthor, 'sessionSince'> &
      Seat & {
        branchIdThen: string | null;
        moduleIdThen: string | null;
        moduleNameThen: string | null;
        sessionSince: Date;
        previousActAt: Date | null;
        inHandId: string | null;
        answer: CommandResult | null;
        bodyHash: Buffer;
      }
  >`
    SELECT author.*, seat.*, seat_then."branchId" AS "branchIdThen", seat_then."moduleId" AS "moduleIdThen",
           seat_then."moduleName" AS "moduleNameThen", known.answer, known.body_hash AS "bodyHash",
           (SELECT max(occurred_at) FROM command WHERE session_id = ${acting.sessionId}) AS "previousActAt",
           coalesce(
             (SELECT id FROM ticket WHERE holder_id = author."agentId" AND state IN ('calling', 'attending')),
             (SELECT ticket_id FROM transfer_offer
              WHERE to_agent = author."agentId" AND state = 'accepted' AND ended_at IS NULL)) AS "inHandId"
    FROM (${author(acting, now)}) AS author
    LEFT JOIN LATERAL (${seatAt(acting.sessionId, now)}) AS seat ON true
    LEFT JOIN LATERAL (${seatAt(acting.sessionId, acting.actedAt)}) AS seat_then ON true
    LEFT JOIN command AS known ON known.id = ${acting.commandId}`.execute(db);
  const [row] = rows;
  if (!row) return null;
  const { answer, bodyHash, branchId, moduleId, moduleName, branchIdThen, moduleIdThen, moduleNameThen, ...rest } = row;
  return {
    ...rest,
    sessionSince: row.sessionSince.getTime(),
    previousActAt: row.previousActAt?.getTime() ?? null,
    seat: { branchId, moduleId, moduleName },
    seatThen: { branchId: branchIdThen, moduleId: moduleIdThen, moduleName: moduleNameThen },
    known: answer && { answer, bodyHash },
  };
}

/** Where a session sat at that hour: its last seat before it, or its first for an hour before all of them. */
const seatAt = (sessionId: string, at: number) => sql`
    SELECT seat.branch_id AS "branchId", seat.module_id AS "moduleId",
           (SELECT name FROM module WHERE id = seat.module_id) AS "moduleName"
    FROM seat
    WHERE seat.session_id = ${sessionId}
    ORDER BY taken_at > ${new Date(at)}, abs(extract(epoch FROM taken_at - ${new Date(at)}::timestamptz))
    LIMIT 1`;

/**
 * The latest thing that this agent did in other sessions than this one, or sat down there, after that hour; null for nothing. A
 * suspect act is left out: nobody knows its hour.
 */
export async function readElsewhereAt(
  db: Reader,
  { agentId, sessionId, after }: { agentId: string; sessionId: string; after: number },
): Promise<number | null> {
  const { rows } = await sql<{ at: Date | null }>`
    SELECT greatest(
      (SELECT max(taken_at) FROM seat JOIN session ON session.id = seat.session_id
       WHERE session.agent_id = ${agentId} AND session.id <> ${sessionId} AND taken_at > ${new Date(after)}),
      (SELECT max(occurred_at) FROM command
       WHERE author_id = ${agentId} AND occurred_at > ${new Date(after)} AND session_id <> ${sessionId} AND NOT is_suspect)
    ) AS at`.execute(db);
  return rows[0]?.at?.getTime() ?? null;
}
