import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { IssuedSession } from '../support/issue-sessions.ts';

type Take = (agent: number, ticketId: string) => Promise<'taken' | 'held'>;

const TABLES = ['ticket', 'attention', 'event', 'command', 'stream', 'change'];

/**
 * The writes of a take as one would write them by hand: one function, one round trip, one commit. It keeps the command with its
 * answer, moves the ticket, opens the attention, writes the event, numbers and writes the changes of the branch and of the agent,
 * and tells the other processes. A take that finds the ticket held keeps that answer. The tables have the shape and the indexes
 * of the product's.
 */
const FUNCTION = `
CREATE FUNCTION floor.take(a_command uuid, a_ticket uuid, a_agent uuid, a_name text, a_device uuid, a_session uuid,
                           a_attention uuid, a_event uuid, a_hash bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  row floor.ticket;
  known text;
  moment timestamptz := clock_timestamp();
  at bigint := (extract(epoch FROM moment) * 1000)::bigint;
  fact jsonb;
  counter bigint;
BEGIN
  INSERT INTO floor.command (id, author_id, device_id, session_id, body_hash, answer, occurred_at, is_suspect, received_at)
  VALUES (a_command, a_agent, a_device, a_session, a_hash, '{"status": "accepted"}', moment, false, moment)
  ON CONFLICT (id) DO NOTHING;
  IF NOT FOUND THEN
    SELECT answer ->> 'status' INTO known FROM floor.command WHERE id = a_command;
    RETURN known;
  END IF;
  UPDATE floor.ticket SET state = 'calling', holder_id = a_agent, attention_id = a_attention, epoch = epoch + 1,
    header = header || jsonb_build_object('state', 'calling', 'epoch', epoch + 1, 'calledAt', at, 'lastCalledAt', at,
      'callCount', 1, 'holder', jsonb_build_object('agentId', a_agent, 'agentName', a_name, 'moduleId', NULL,
        'attentionId', a_attention, 'epoch', epoch + 1))
  WHERE id = a_ticket AND holder_id IS NULL AND state = 'waiting' RETURNING * INTO row;
  IF NOT FOUND THEN
    UPDATE floor.command SET answer = jsonb_build_object('status', 'refused', 'holder',
      (SELECT header -> 'holder' ->> 'agentName' FROM floor.ticket WHERE id = a_ticket)) WHERE id = a_command;
    RETURN 'refused';
  END IF;
  INSERT INTO floor.attention (id, ticket_id, branch_id, service_id, agent_id, epoch, is_automatic, reasons, called_at,
                               waited_minutes, called_hour)
  VALUES (a_attention, a_ticket, row.branch_id, row.service_id, a_agent, row.epoch, false, '[{"type": "chosenByHand"}]', moment,
          0, 12);
  fact := '{"type": "ticket.called", "moduleName": "Módulo 1", "attempt": 1, "isAutomatic": false, "reasons": []}';
  INSERT INTO floor.event (id, company_id, branch_id, ticket_id, agent_id, fact, occurred_at, received_at)
  VALUES (a_event, row.company_id, row.branch_id, a_ticket, a_agent, fact, moment, moment);
  PERFORM pg_notify('floor_changes', row.branch_id::text);
  INSERT INTO floor.stream AS s (name, rank, seq) VALUES ('branch:' || row.branch_id, 2, 1)
  ON CONFLICT (name) DO UPDATE SET seq = s.seq + 1 RETURNING s.seq INTO counter;
  INSERT INTO floor.change (stream, seq, body)
  VALUES ('branch:' || row.branch_id, counter, jsonb_build_object('type', 'ticket.put', 'header', row.header));
  INSERT INTO floor.stream AS s (name, rank, seq) VALUES ('agent:' || a_agent, 3, 1)
  ON CONFLICT (name) DO UPDATE SET seq = s.seq + 1 RETURNING s.seq INTO counter;
  INSERT INTO floor.change (stream, seq, body)
  VALUES ('agent:' || a_agent, counter, jsonb_build_object('type', 'content.put', 'ticketId', a_ticket, 'event', fact));
  RETURN 'accepted';
END $$`;

/** Makes the tables and the function in a schema of their own; `take` and `bareUpdate` share two pools as two servers would. */
export async function createTakeFloor(
  client: pg.Client,
  databaseUrl: string,
  sessions: readonly IssuedSession[],
): Promise<{ take: Take; bareUpdate: Take; close: () => Promise<void> }> {
  const tables = TABLES.map((table) => `CREATE TABLE floor.${table} (LIKE public.${table} INCLUDING ALL);`);
  await client.query(`CREATE SCHEMA floor; ${tables.join('\n')}`);
  await client.query(FUNCTION);
  const pools = [1, 2].map(() => new pg.Pool({ connectionString: databaseUrl, max: 10 }));
  const poolOf = (agent: number): pg.Pool => pools[agent % 2] as pg.Pool;
  const hash = randomBytes(32);
  return {
    take: async (agent, ticketId) => {
      const { agentId, agentName, deviceKey, sessionId } = sessions[agent] as IssuedSession;
      const device = deviceKey.split('.', 1)[0];
      const { rows } = await poolOf(agent).query<{ answer: string }>({
        name: 'take',
        text: 'SELECT floor.take($1, $2, $3, $4, $5, $6, $7, $8, $9) AS answer',
        values: [uuidv7(), ticketId, agentId, agentName, device, sessionId, uuidv7(), uuidv7(), hash],
      });
      return rows[0]?.answer === 'accepted' ? 'taken' : 'held';
    },
    bareUpdate: async (agent, ticketId) => {
      const { rowCount } = await poolOf(agent).query({
        name: 'bare',
        text: `UPDATE floor.ticket SET state = 'calling', holder_id = $2 WHERE id = $1 AND holder_id IS NULL`,
        values: [ticketId, sessions[agent]?.agentId],
      });
      return rowCount === 1 ? 'taken' : 'held';
    },
    close: async () => {
      for (const pool of pools) await pool.end();
    },
  };
}
