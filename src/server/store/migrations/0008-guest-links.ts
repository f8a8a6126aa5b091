import { sql, type Kysely } from 'kysely';

/** Links by which customers come into a video attention (trust T1). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
CREATE TABLE guest_link (
  id uuid PRIMARY KEY,
  ticket_id uuid NOT NULL REFERENCES ticket,
  token_hash bytea NOT NULL UNIQUE,
  -- Of the browser that entered; null until one has.
  browser_hash bytea,
  created_by uuid REFERENCES agent,
  created_at timestamptz NOT NULL,
  -- Until somebody has entered.
  expires_at timestamptz NOT NULL,
  entered_at timestamptz,
  revoked_at timestamptz,
  CHECK ((browser_hash IS NULL) = (entered_at IS NULL))
);
-- A new link takes the place of the one before.
CREATE UNIQUE INDEX guest_link_live ON guest_link (ticket_id) WHERE revoked_at IS NULL;
`,
    )
    .execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('DROP TABLE guest_link;').execute(db);
}
