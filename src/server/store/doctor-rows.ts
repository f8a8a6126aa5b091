import { sql } from 'kysely';
import type { Reader } from './database.ts';

/** Open tickets with the header as it is stored, to be read again by whoever doubts it. */
export async function readOpenHeaders(db: Reader): Promise<{ id: string; header: unknown }[]> {
  const { rows } = await sql<{ id: string; header: unknown }>`
    SELECT id, header FROM ticket WHERE closed_at IS NULL ORDER BY id`.execute(db);
  return rows;
}

/** Lines of the timelines of open tickets, as they are stored. */
export async function readOpenFacts(db: Reader): Promise<{ id: string; ticketId: string; fact: unknown }[]> {
  const { rows } = await sql<{ id: string; ticketId: string; fact: unknown }>`
    SELECT e.id, e.ticket_id AS "ticketId", e.fact FROM event e JOIN ticket t ON t.id = e.ticket_id
    WHERE t.closed_at IS NULL ORDER BY e.position`.execute(db);
  return rows;
}

/** Open tickets that name what is not there; only a restore or a hand that went round the checks leaves them. */
export async function readOrphans(db: Reader): Promise<{ id: string; missing: string }[]> {
  const { rows } = await sql<{ id: string; missing: string }>`
    SELECT t.id, missing FROM ticket t
    LEFT JOIN service s ON s.id = t.service_id AND s.branch_id = t.branch_id
    LEFT JOIN contact c ON c.id = t.contact_id AND c.company_id = t.company_id
    LEFT JOIN agent a ON a.id = t.holder_id AND a.company_id = t.company_id
    CROSS JOIN LATERAL (VALUES
      ('service', s.id IS NULL),
      ('contact', t.contact_id IS NOT NULL AND c.id IS NULL),
      ('holder', t.holder_id IS NOT NULL AND a.id IS NULL)) AS found (missing, is_missing)
    WHERE t.closed_at IS NULL AND is_missing ORDER BY t.id, missing`.execute(db);
  return rows;
}

/** Streams whose log lacks changes between the first and the last that it has. */
export async function readHoles(db: Reader): Promise<{ stream: string; missing: number }[]> {
  const { rows } = await sql<{ stream: string; missing: number }>`
    SELECT stream, missing FROM (
      SELECT c.stream, s.seq - min(c.seq) + 1 - count(*) AS missing
      FROM change c JOIN stream s ON s.name = c.stream GROUP BY c.stream, s.seq) AS counted
    WHERE missing <> 0 ORDER BY stream`.execute(db);
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
