import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';

/** An agent who sits at a desk of their own, as it authenticates itself. */
export interface IssuedSession {
  agentId: string;
  agentName: string;
  branchId: string;
  sessionId: string;
  sessionToken: string;
  /** `<id>.<secret>`. */
  deviceKey: string;
}

const secret = (): string => randomBytes(32).toString('base64url');
const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Lets the agents of these numbers in, each at the module of the same number, Fuera de línea and called by hand alone. Written
 * straight into the tables: hashing hundreds of passwords is no part of what is measured.
 */
export async function issueSessions(databaseUrl: string, numbers: readonly number[]): Promise<IssuedSession[]> {
  const made = numbers.map((number) => ({
    email: `agente${number}@banco.test`,
    module: `Módulo ${number}`,
    device: uuidv7(),
    deviceSecret: secret(),
    session: uuidv7(),
    token: secret(),
  }));
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ email: string; id: string; name: string; branch: string }>(
      `
WITH wanted AS (
  SELECT * FROM unnest($1::text[], $2::text[], $3::uuid[], $4::bytea[], $5::uuid[], $6::bytea[])
    AS w (email, module, device, device_hash, session, token_hash)),
person AS (
  SELECT w.*, a.id AS agent, a.company_id, trim(a.first_name || ' ' || a.last_name) AS name, m.id AS module_id, m.branch_id
  FROM wanted w JOIN agent a ON a.email = w.email
  JOIN agent_branch ab ON ab.agent_id = a.id JOIN module m ON m.branch_id = ab.branch_id AND m.name = w.module),
devices AS (
  INSERT INTO device (id, company_id, kind, name, secret_hash)
  SELECT device, company_id, 'desk', module, device_hash FROM person),
sessions AS (
  INSERT INTO session (id, agent_id, device_id, token_hash, branch_id, module_id, created_at, expires_at)
  SELECT session, agent, device, token_hash, branch_id, module_id, now(), now() + interval '12 hours' FROM person),
seats AS (
  INSERT INTO seat (session_id, taken_at, branch_id, module_id) SELECT session, now(), branch_id, module_id FROM person),
statuses AS (
  INSERT INTO agent_status (agent_id, state, next_state, is_manual, since, cause, branch_id, module_id, free_since)
  SELECT agent, 'offline', 'online', true, now(), 'signIn', branch_id, module_id, now() FROM person)
SELECT email, agent AS id, name, branch_id AS branch FROM person`,
      [
        made.map(({ email }) => email),
        made.map(({ module }) => module),
        made.map(({ device }) => device),
        made.map(({ deviceSecret }) => hash(deviceSecret)),
        made.map(({ session }) => session),
        made.map(({ token }) => hash(token)),
      ],
    );
    return made.map(({ email, device, deviceSecret, session, token }) => {
      const person = rows.find((row) => row.email === email);
      if (!person) throw new Error(`there is no ${email}`);
      return {
        agentId: person.id,
        agentName: person.name,
        branchId: person.branch,
        sessionId: session,
        sessionToken: token,
        deviceKey: `${device}.${deviceSecret}`,
      };
    });
  } finally {
    await client.end();
  }
}
