import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { CrowdDesk } from './desk-crowd-client.ts';

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
const secret = (): string => randomBytes(32).toString('base64url');

/**
 * A branch of the company in which `desks` agents sit, each at a desk of their own, signed in and with a ticket for one socket, as
 * the server keeps them. Nobody is called by itself.
 */
export async function seatCrowd(
  database: pg.Client,
  slug: string,
  desks: number,
): Promise<{ stream: string; desks: CrowdDesk[] }> {
  const made = Array.from({ length: desks }, () => ({ secret: secret(), ticket: secret() }));
  const { rows } = await database.query<{
    at: number;
    branchId: string;
    companyId: string;
    agentId: string;
    deviceId: string;
  }>(
    `
WITH home AS (SELECT * FROM branch WHERE slug = 'centro'),
place AS (
  INSERT INTO branch (id, company_id, slug, name, kind, time_zone, queue_rules)
  SELECT gen_random_uuid(), company_id, $1, $1, 'office', time_zone, queue_rules FROM home RETURNING id, company_id),
made AS (
  SELECT place.id AS branch_id, place.company_id, at::int, device_hash, token_hash, ticket_hash, gen_random_uuid() AS agent_id,
         gen_random_uuid() AS device_id, gen_random_uuid() AS session_id, gen_random_uuid() AS module_id
  FROM place, unnest($2::bytea[], $3::bytea[]) WITH ORDINALITY AS given (device_hash, ticket_hash, at),
       LATERAL (SELECT sha256(ticket_hash) AS token_hash) AS token),
modules AS (INSERT INTO module (id, branch_id, name) SELECT module_id, branch_id, 'Módulo ' || at FROM made RETURNING id),
agents AS (
  INSERT INTO agent (id, company_id, email, first_name, last_name, role, password_hash)
  SELECT agent_id, company_id, $1 || at || '@banco.test', 'Agente ' || at, 'Rojas', 'agent', '' FROM made RETURNING id),
homes AS (INSERT INTO agent_branch (agent_id, branch_id, is_home) SELECT agent_id, branch_id, true FROM made),
devices AS (
  INSERT INTO device (id, company_id, kind, name, secret_hash) SELECT device_id, company_id, 'desk', 'Banco', device_hash FROM made),
sessions AS (
  INSERT INTO session (id, agent_id, device_id, token_hash, branch_id, module_id, created_at, expires_at)
  SELECT session_id, agent_id, device_id, token_hash, branch_id, module_id, now(), now() + interval '12 hours' FROM made),
seats AS (
  INSERT INTO seat (session_id, taken_at, branch_id, module_id) SELECT session_id, now(), branch_id, module_id FROM made),
statuses AS (
  INSERT INTO agent_status (agent_id, state, next_state, is_manual, since, cause, branch_id, module_id, free_since)
  SELECT agent_id, 'online', 'online', true, now(), 'signIn', branch_id, module_id, now() FROM made),
tickets AS (
  INSERT INTO socket_ticket (ticket_hash, session_id, expires_at)
  SELECT ticket_hash, session_id, now() + interval '10 minutes' FROM made)
SELECT at, branch_id AS "branchId", company_id AS "companyId", agent_id AS "agentId", device_id AS "deviceId" FROM made ORDER BY at`,
    [slug, made.map((each) => hash(each.secret)), made.map((each) => hash(each.ticket))],
  );
  const [first] = rows;
  if (!first) throw new Error('Nobody sits there.');
  const company = `company:${first.companyId}`;
  const { rows: streams } = await database.query<{ seq: number }>('SELECT seq::int FROM stream WHERE name = $1', [
    company,
  ]);
  const stream = `branch:${first.branchId}`;
  return {
    stream,
    desks: rows.map(({ agentId, deviceId }, index) => ({
      key: `${deviceId}.${made[index]?.secret ?? ''}`,
      ticket: made[index]?.ticket ?? '',
      cursors: { [company]: streams[0]?.seq ?? 0, [stream]: 0, [`agent:${agentId}`]: 0 },
    })),
  };
}
