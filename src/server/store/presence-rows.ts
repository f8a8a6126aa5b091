import { CompiledQuery } from 'kysely';
import type { Presence } from '../../protocol/change.ts';
import type { Reader } from './database.ts';
import { presenceOf, PRESENCES_OF_BRANCH, presencesIn, type PresenceRow } from './presence-query.ts';

async function read(db: Reader, query: string, values: unknown[]): Promise<Presence[]> {
  const { rows } = await db.executeQuery(CompiledQuery.raw(query, values));
  return (rows as PresenceRow[]).map(presenceOf);
}

/** Of all who sit in a branch or hold a ticket of it. */
export const readPresences = (db: Reader, branchId: string): Promise<Presence[]> =>
  read(db, PRESENCES_OF_BRANCH, [branchId]);

const OF_AGENT = presencesIn(`
SELECT branch_id, agent_id FROM agent_status WHERE agent_id = $1 AND branch_id IS NOT NULL
UNION SELECT branch_id, holder_id FROM ticket WHERE holder_id = $1 AND closed_at IS NULL
UNION SELECT id, $1::uuid FROM branch WHERE id = $2::uuid`);

/** Of one agent, in each branch where they sit or hold a ticket, and in `alsoIn`. */
export const readPresencesOf = (db: Reader, agentId: string, alsoIn: string | null): Promise<Presence[]> =>
  read(db, OF_AGENT, [agentId, alsoIn]);
