import { sql } from 'kysely';
import type { Reader } from './database.ts';

/**
 * Which of these sessions are over, and why, and which of these connections speak for their agents. Read at once: whoever does not
 * speak any more because the agent sat down elsewhere is among those whose session is over.
 */
export async function readStanding(
  db: Reader,
  { connectionIds, sessionIds, now }: { connectionIds: string[]; sessionIds: string[]; now: number },
): Promise<{ speaking: Set<string>; ended: Map<string, string> }> {
  const { rows } = await sql<{ id: string; cause: string | null }>`
    SELECT connection_id AS id, NULL AS cause FROM agent_status WHERE connection_id = ANY (${connectionIds}::uuid[])
    UNION ALL
    SELECT id, CASE WHEN ended_at IS NULL THEN 'expired' ELSE coalesce(end_cause, 'revoked') END FROM session
    WHERE id = ANY (${sessionIds}::uuid[]) AND (ended_at IS NOT NULL OR expires_at <= ${new Date(now)})`.execute(db);
  const ended = new Map(rows.flatMap(({ id, cause }) => (cause === null ? [] : [[id, cause] as const])));
  return { speaking: new Set(rows.flatMap(({ id, cause }) => (cause === null ? [id] : []))), ended };
}
