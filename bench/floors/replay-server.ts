/**
 * The server of the floor of a replay: a bare WebSocket that gets commands in batches and does them in their order in
 * PostgreSQL, in tables of the same columns and indexes: what it did before is not done again, and what is new changes its ticket
 * or its agent's state, leaves an event, a numbered change and its answer. All of a command is one call of one function.
 * `DATABASE_URL` names the database. On `/each` every command commits by itself, as the product's do; on `/batch` all of a batch
 * commit together. Prints its port on standard output; ends with its standard input.
 */
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { WebSocketServer } from 'ws';

const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
await client.connect();
await client.query(`
DROP SCHEMA IF EXISTS floor CASCADE;
CREATE SCHEMA floor;
CREATE TABLE floor.command (LIKE public.command INCLUDING ALL);
CREATE TABLE floor.ticket (LIKE public.ticket INCLUDING ALL);
CREATE TABLE floor.agent_status (LIKE public.agent_status INCLUDING ALL);
CREATE TABLE floor.status_ledger (LIKE public.status_ledger INCLUDING ALL);
CREATE TABLE floor.event (LIKE public.event INCLUDING ALL);
CREATE TABLE floor.stream (LIKE public.stream INCLUDING ALL);
CREATE TABLE floor.change (LIKE public.change INCLUDING ALL);

CREATE FUNCTION floor.deliver(command jsonb, device uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  command_id uuid := command ->> 'id';
  author uuid := command ->> 'authorId';
  body jsonb := command -> 'body';
  ticket uuid := body ->> 'ticketId';
  at timestamptz := to_timestamp((command ->> 'occurredAt')::bigint / 1000.0);
  header jsonb;
  change_seq bigint;
  answer jsonb;
BEGIN
  SELECT known.answer INTO answer FROM floor.command AS known WHERE known.id = command_id;
  IF FOUND THEN RETURN answer; END IF;
  IF ticket IS NULL THEN
    INSERT INTO floor.agent_status (agent_id, state, next_state, is_manual, since, cause, free_since)
    VALUES (author, body ->> 'state', 'online', true, at, 'agent', at)
    ON CONFLICT (agent_id) DO UPDATE SET state = excluded.state, since = excluded.since;
    INSERT INTO floor.status_ledger (id, agent_id, state, cause, occurred_at, received_at, is_suspect)
    VALUES (command_id, author, body ->> 'state', 'agent', at, now(), false);
    header := body;
  ELSE
    IF body ->> 'type' = 'ticket.attendNow' THEN
      INSERT INTO floor.ticket (id, company_id, branch_id, service_id, number, turn_code, business_day, kind, state, priority,
                                origin, holder_id, header, waiting_since, created_at)
      VALUES (ticket, device, device, (body ->> 'serviceId')::uuid, (body ->> 'number')::bigint, body ->> 'number', at::date,
              'turn', 'attending', 'normal', 'desk', author, body -> 'header', at, at);
    END IF;
    UPDATE floor.ticket AS t SET header = jsonb_set(t.header, '{lastAct}', to_jsonb(body ->> 'type')),
      state = CASE WHEN body ->> 'type' = 'attention.finish' THEN 'closed' ELSE t.state END,
      closed_at = CASE WHEN body ->> 'type' = 'attention.finish' THEN at END
    WHERE t.id = ticket RETURNING t.header INTO STRICT header;
    INSERT INTO floor.event (id, company_id, branch_id, ticket_id, agent_id, fact, occurred_at, received_at)
    VALUES (command_id, device, device, ticket, author, body, at, now());
  END IF;
  INSERT INTO floor.stream AS s (name, rank, seq) VALUES ('branch:floor', 2, 1)
  ON CONFLICT (name) DO UPDATE SET seq = s.seq + 1 RETURNING s.seq INTO change_seq;
  INSERT INTO floor.change (stream, seq, body) VALUES ('branch:floor', change_seq, header);
  answer := jsonb_build_object('id', command_id, 'status', 'accepted',
    'positions', jsonb_build_array(jsonb_build_object('stream', 'branch:floor', 'seq', change_seq)));
  INSERT INTO floor.command (id, author_id, device_id, session_id, body_hash, answer, occurred_at, is_suspect, received_at)
  VALUES (command_id, author, device, (command ->> 'sessionId')::uuid, sha256(body::text::bytea), answer, at, false, now());
  RETURN answer;
END $$;
`);

const device = '019b0000-0000-7000-8000-000000000001';
const each = { name: 'each', text: 'SELECT floor.deliver($1, $2) AS answer' };
const batch = {
  name: 'batch',
  text: 'SELECT floor.deliver(value, $2) AS answer FROM (SELECT value FROM jsonb_array_elements($1) WITH ORDINALITY ORDER BY ordinality) AS c',
};
const answersTo = async (path: string | undefined, commands: object[]): Promise<unknown[]> => {
  if (path === '/batch') {
    const { rows } = await client.query<{ answer: unknown }>({ ...batch, values: [JSON.stringify(commands), device] });
    return rows.map(({ answer }) => answer);
  }
  const answers: unknown[] = [];
  for (const command of commands) {
    const { rows } = await client.query<{ answer: unknown }>({ ...each, values: [JSON.stringify(command), device] });
    answers.push(rows[0]?.answer);
  }
  return answers;
};

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('listening', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
server.on('connection', (socket, request) => {
  socket.on('message', (data: Buffer) => {
    void answersTo(request.url, JSON.parse(data.toString()) as object[]).then((answers) =>
      socket.send(JSON.stringify(answers)),
    );
  });
});
process.stdin.resume().on('end', () => {
  for (const socket of server.clients) socket.terminate();
  server.close();
  void client.end();
});
