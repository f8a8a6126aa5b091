import { sql, type RawBuilder } from 'kysely';
import type { Presence } from '../../protocol/change.ts';
import type { Reader } from './database.ts';

interface Row extends Omit<Presence, 'silentSince'> {
  silentSince: Date | null;
}

/** Of agents in branches (`place`). Who never connected has been silent since their state began, which is when they sat down. */
async function readIn(db: Reader, place: RawBuilder<unknown>): Promise<Presence[]> {
  const { rows } = await sql<Row>`
    SELECT place.branch_id AS "branchId", place.agent_id AS "agentId",
           trim(a.first_name || ' ' || a.last_name) AS "agentName",
           CASE WHEN s.branch_id = place.branch_id THEN s.module_id END AS "moduleId",
           CASE WHEN s.connection_id IS NULL THEN coalesce(s.seen_at, s.since) END AS "silentSince"
    FROM (${place}) AS place
    JOIN agent_status s ON s.agent_id = place.agent_id
    JOIN agent a ON a.id = place.agent_id
    ORDER BY place.branch_id, place.agent_id`.execute(db);
  return rows.map((row) => ({ ...row, silentSince: row.silentSince?.getTime() ?? null }));
}

/** Of all who sit in a branch or hold a ticket of it. */
export const readPresences = (db: Reader, branchId: string): Promise<Presence[]> =>
  readIn(
    db,
    sql`SELECT branch_id, agent_id FROM agent_status WHERE branch_id = ${branchId}
        UNION SELECT branch_id, holder_id FROM ticket
        WHERE branch_id = ${branchId} AND closed_at IS NULL AND holder_id IS NOT NULL`,
  );

/** Of one agent, in each branch where they sit or hold a ticket, and in `alsoIn`. */
export const readPresencesOf = (db: Reader, agentId: string, alsoIn: string | null): Promise<Presence[]> =>
  readIn(
    db,
    sql`SELECT branch_id, agent_id FROM agent_status WHERE agent_id = ${agentId} AND branch_id IS NOT NULL
        UNION SELECT branch_id, holder_id FROM ticket WHERE holder_id = ${agentId} AND closed_at IS NULL
        UNION SELECT id, ${agentId}::uuid FROM branch WHERE id = ${alsoIn}::uuid`,
  );
