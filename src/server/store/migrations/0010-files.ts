import { sql, type Kysely } from 'kysely';

/** Files that are shared in an attention, and those that are on their way. Their bytes lie elsewhere, under the same ids. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
-- A file that is being sent: gone once it is shared, refused, cancelled or forgotten.
CREATE TABLE upload (
  id uuid PRIMARY KEY,
  ticket_id uuid NOT NULL REFERENCES ticket,
  -- In which it was begun; null for what a guest sends while waiting.
  attention_id uuid REFERENCES attention,
  -- Who sends it; null for the guest.
  agent_id uuid REFERENCES agent,
  -- Of the guest who was in when it was begun; null where nobody was.
  guest_link_id uuid REFERENCES guest_link,
  name text NOT NULL,
  -- Media type that its name promises.
  kind text NOT NULL,
  bytes bigint NOT NULL CHECK (bytes > 0),
  received bigint NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND bytes),
  begun_at timestamptz NOT NULL,
  touched_at timestamptz NOT NULL,
  CHECK (agent_id IS NOT NULL OR guest_link_id IS NOT NULL)
);
CREATE INDEX upload_ticket ON upload (ticket_id);
CREATE INDEX upload_touched ON upload (touched_at);

-- Has the id of its upload.
CREATE TABLE shared_file (
  id uuid PRIMARY KEY,
  ticket_id uuid NOT NULL REFERENCES ticket,
  attention_id uuid REFERENCES attention,
  agent_id uuid REFERENCES agent,
  guest_link_id uuid REFERENCES guest_link,
  name text NOT NULL,
  kind text NOT NULL,
  -- Of the stored bytes, hex.
  bytes bigint NOT NULL,
  sha256 text NOT NULL,
  width int,
  height int,
  -- Null where there is no small picture of it.
  preview_sha256 text,
  was_cleaned boolean NOT NULL,
  shared_at timestamptz NOT NULL,
  CHECK (agent_id IS NOT NULL OR guest_link_id IS NOT NULL)
);
CREATE INDEX shared_file_ticket ON shared_file (ticket_id, shared_at);
`,
    )
    .execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('DROP TABLE shared_file, upload;').execute(db);
}
