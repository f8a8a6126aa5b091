import { sql } from 'kysely';
import type { Reader } from './database.ts';

/** Open tickets with the header as it is stored, to be read again by whoever doubts it. */
export async function readOpenHeaders(db: Reader): Promise<{ id: string; header: unknown }[]> {
  const { rows } = await sql<{ id: string; header: unknown }>`
    SELECT id, header FROM ticket WHERE closed_at IS NULL ORDER BY id`.execute(db);
  return rows;
}

/** Due times that no server has looked at for a while. */
export async function countOverdue(db: Reader, before: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM due WHERE at < ${new Date(before)}`.execute(db);
  return Number(rows[0]?.count);
}

/** Agents who may sit nowhere, and branches without a module or a service. */
export async function readLonely(db: Reader): Promise<{ agents: string[]; branches: string[] }> {
  const agents = await sql<{ email: string }>`
    SELECT email FROM agent WHERE role = 'agent' AND disabled_at IS NULL
      AND NOT EXISTS (SELECT FROM agent_branch WHERE agent_id = agent.id) ORDER BY email`.execute(db);
  const branches = await sql<{ slug: string }>`
    SELECT slug FROM branch WHERE NOT EXISTS (SELECT FROM module WHERE branch_id = branch.id)
      OR NOT EXISTS (SELECT FROM service WHERE branch_id = branch.id) ORDER BY slug`.execute(db);
  return { agents: agents.rows.map(({ email }) => email), branches: branches.rows.map(({ slug }) => slug) };
}
