import { sql, type Kysely } from 'kysely';

/** Live videos that agents offer to their colleagues. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
CREATE TABLE transfer_offer (
  id uuid PRIMARY KEY,
  ticket_id uuid NOT NULL REFERENCES ticket,
  -- The holding that is offered, and the one that it becomes.
  attention_id uuid NOT NULL REFERENCES attention,
  epoch int NOT NULL,
  next_attention_id uuid NOT NULL,
  from_agent uuid NOT NULL REFERENCES agent,
  to_agent uuid NOT NULL REFERENCES agent,
  comment text NOT NULL,
  state text NOT NULL,
  reason text NOT NULL DEFAULT '',
  failure text,
  offered_at timestamptz NOT NULL,
  accepted_at timestamptz,
  due_at timestamptz NOT NULL,
  ended_at timestamptz,
  CHECK ((ended_at IS NULL) = (state IN ('offered', 'accepted')))
);
CREATE UNIQUE INDEX transfer_offer_of_ticket ON transfer_offer (ticket_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX transfer_offer_to_agent ON transfer_offer (to_agent) WHERE ended_at IS NULL;
CREATE INDEX transfer_offer_from_agent ON transfer_offer (from_agent) WHERE ended_at IS NULL;
`,
    )
    .execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('DROP TABLE transfer_offer;').execute(db);
}
