import { sql, type Kysely } from 'kysely';

/** The chat of a video attention. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
-- One for each ticket in which something was written.
CREATE TABLE conversation (
  ticket_id uuid PRIMARY KEY REFERENCES ticket,
  last_seq int NOT NULL DEFAULT 0,
  -- Up to which seq each side has seen what the other wrote.
  read_by_agent int NOT NULL DEFAULT 0,
  read_by_guest int NOT NULL DEFAULT 0
);

CREATE TABLE message (
  -- Of an agent's: that of the command.
  id uuid PRIMARY KEY,
  ticket_id uuid NOT NULL REFERENCES ticket,
  attention_id uuid NOT NULL REFERENCES attention,
  seq int NOT NULL,
  -- Null for the guest.
  agent_id uuid REFERENCES agent,
  -- The guest who wrote it, or who was in when it was written; null where nobody was.
  guest_link_id uuid REFERENCES guest_link,
  -- Idempotency-Key of the guest's page.
  client_key uuid,
  text text NOT NULL,
  sent_at timestamptz NOT NULL,
  UNIQUE (ticket_id, seq),
  CHECK (agent_id IS NOT NULL OR (guest_link_id IS NOT NULL AND client_key IS NOT NULL))
);
CREATE UNIQUE INDEX message_client_key ON message (ticket_id, client_key) WHERE client_key IS NOT NULL;
`,
    )
    .execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('DROP TABLE message; DROP TABLE conversation;').execute(db);
}
