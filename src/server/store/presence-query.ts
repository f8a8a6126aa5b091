import type { Presence } from '../../protocol/change.ts';

export interface PresenceRow extends Omit<Presence, 'silentSince'> {
  silentSince: Date | null;
}

/**
 * The presences of agents in branches, which `place` gives as `branch_id, agent_id`. Who never connected has been silent since
 * their state began, which is when they sat down.
 */
export const presencesIn = (place: string): string => `
SELECT place.branch_id AS "branchId", place.agent_id AS "agentId",
       trim(a.first_name || ' ' || a.last_name) AS "agentName",
       CASE WHEN s.branch_id = place.branch_id THEN s.module_id END AS "moduleId",
       CASE WHEN s.connection_id IS NULL THEN coalesce(s.seen_at, s.since) END AS "silentSince"
FROM (${place}) AS place
JOIN agent_status s ON s.agent_id = place.agent_id
JOIN agent a ON a.id = place.agent_id
ORDER BY place.branch_id, place.agent_id`;

/** Of all who sit in the branch `$1` or hold a ticket of it. */
export const PRESENCES_OF_BRANCH = presencesIn(`
SELECT branch_id, agent_id FROM agent_status WHERE branch_id = $1
UNION SELECT branch_id, holder_id FROM ticket WHERE branch_id = $1 AND closed_at IS NULL AND holder_id IS NOT NULL`);

export const presenceOf = (row: PresenceRow): Presence => ({ ...row, silentSince: row.silentSince?.getTime() ?? null });
