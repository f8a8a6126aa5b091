import { sql, type Kysely } from 'kysely';

/** What was asked for and looked at, and what is to be done at its hour. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
-- Who looked at what, and who let in, shut out or changed what (trust T11).
CREATE TABLE audit (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company,
  agent_id uuid REFERENCES agent,
  device_id uuid REFERENCES device,
  act text NOT NULL,
  subject text,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX audit_at ON audit (company_id, at);

-- A command delivered again finds its answer here (400 days; trust R9).
CREATE TABLE command (
  id uuid PRIMARY KEY,
  author_id uuid NOT NULL REFERENCES agent,
  device_id uuid NOT NULL REFERENCES device,
  session_id uuid NOT NULL REFERENCES session,
  body_hash bytea NOT NULL,
  answer jsonb NOT NULL,
  occurred_at timestamptz NOT NULL,
  -- Its desk's hour could not be believed: it counts from its arrival.
  is_suspect boolean NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX command_received ON command (received_at);
CREATE INDEX command_author ON command (author_id, occurred_at);

CREATE TABLE idempotency_key (
  device_id uuid NOT NULL REFERENCES device,
  key text NOT NULL,
  body_hash bytea NOT NULL,
  status int NOT NULL,
  answer jsonb NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (device_id, key)
);

CREATE TABLE due (
  kind text NOT NULL,
  subject_id uuid NOT NULL,
  branch_id uuid NOT NULL REFERENCES branch,
  at timestamptz NOT NULL,
  PRIMARY KEY (kind, subject_id)
);
CREATE INDEX due_at ON due (at);
`,
    )
    .execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
DROP TABLE due, idempotency_key, command, audit;
`,
    )
    .execute(db);
}
