import { sql, type Kysely } from 'kysely';

/** Guests whom an agent has reported, and the addresses of a company's own places, which no block shuts out (decision 0017). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
CREATE TABLE guest_block (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company,
  ticket_id uuid NOT NULL REFERENCES ticket,
  guest_link_id uuid NOT NULL REFERENCES guest_link,
  agent_id uuid NOT NULL REFERENCES agent,
  reason text NOT NULL,
  comment text NOT NULL,
  browser_hash bytea NOT NULL,
  -- Null where none was known, and once the block is over.
  address text,
  at timestamptz NOT NULL,
  until timestamptz NOT NULL,
  lifted_at timestamptz
);
CREATE INDEX guest_block_browser ON guest_block (browser_hash);
CREATE INDEX guest_block_address ON guest_block (address) WHERE address IS NOT NULL;

-- Of the browser that entered; forgotten after two days.
ALTER TABLE guest_link ADD COLUMN address text;

CREATE TABLE office_address (
  company_id uuid NOT NULL REFERENCES company,
  address text NOT NULL,
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (company_id, address)
);
`,
    )
    .execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw('DROP TABLE office_address; DROP TABLE guest_block; ALTER TABLE guest_link DROP COLUMN address;')
    .execute(db);
}
