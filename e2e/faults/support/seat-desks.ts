import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { DeviceId } from '../../../src/protocol/ids.ts';
import type { SessionKey } from '../../../src/main/sync/keys.ts';
import { hashSecret, newSecret } from '../../../src/server/sessions/secrets.ts';
import type { Store } from '../../../src/server/store/connect.ts';

const SHIFT_MS = 12 * 3_600_000;

/** Opens so many branches beside this one, each like it and without services. Gives their slugs. */
export async function openBranches({ db }: Store, like: string, count: number): Promise<string[]> {
  const { rows } = await sql<{ slug: string }>`
    INSERT INTO branch (id, company_id, slug, name, kind, time_zone, queue_rules, shows_names, position)
    SELECT gen_random_uuid(), company_id, slug || '-' || n, name || ' ' || n, kind, time_zone, queue_rules, shows_names, n
    FROM branch, generate_series(1, ${count}::int) AS n WHERE slug = ${like} RETURNING slug`.execute(db);
  return rows.map(({ slug }) => slug);
}

/**
 * Enrols so many desks of the branch and sits an agent of its own at each, written straight into the tables: no password is
 * looked at. They are Fuera de línea and not connected. Gives the key of each session.
 */
export async function seatDesks({ db }: Store, branchSlug: string, count: number): Promise<SessionKey[]> {
  const rows = Array.from({ length: count }, (_, index) => ({
    index,
    agent: uuidv7(),
    device: uuidv7(),
    session: uuidv7(),
    module: uuidv7(),
    secret: newSecret(),
    token: newSecret(),
  }));
  const made = JSON.stringify(
    rows.map(({ secret, token, ...row }) => ({
      ...row,
      secret: hashSecret(secret).toString('hex'),
      token: hashSecret(token).toString('hex'),
    })),
  );
  await sql`
    WITH made AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${made}::jsonb)
        AS m (index int, agent uuid, device uuid, session uuid, module uuid, secret text, token text)),
    place AS (SELECT id AS branch, company_id AS company FROM branch WHERE slug = ${branchSlug}),
    agents AS (
      INSERT INTO agent (id, company_id, email, first_name, last_name, role, password_hash)
      SELECT agent, company, agent || '@fallas.test', 'Puesto', index::text, 'agent', 'none' FROM made, place),
    branches AS (
      INSERT INTO agent_branch (agent_id, branch_id, is_home) SELECT agent, branch, true FROM made, place),
    modules AS (
      INSERT INTO module (id, branch_id, name, position)
      SELECT module, branch, 'Puesto ' || index, 1000 + index FROM made, place),
    devices AS (
      INSERT INTO device (id, company_id, kind, name, secret_hash)
      SELECT device, company, 'desk', 'Puesto ' || index, decode(secret, 'hex') FROM made, place),
    sessions AS (
      INSERT INTO session (id, agent_id, device_id, token_hash, branch_id, module_id, created_at, expires_at)
      SELECT session, agent, device, decode(token, 'hex'), branch, module, now(), ${new Date(Date.now() + SHIFT_MS)}::timestamptz
      FROM made, place),
    seats AS (
      INSERT INTO seat (session_id, taken_at, branch_id, module_id) SELECT session, now(), branch, module FROM made, place)
    INSERT INTO agent_status (agent_id, state, next_state, is_manual, since, cause, branch_id, module_id, free_since)
    SELECT agent, 'offline', 'online', true, now(), 'signIn', branch, module, now() FROM made, place`.execute(db);
  return rows.map(({ device, secret, token }) => ({ token, device: { id: device as DeviceId, secret } }));
}
