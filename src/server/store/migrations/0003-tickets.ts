import { sql, type Kysely } from 'kysely';

/** Contacts, their tickets, and how tickets get their numbers. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
CREATE TABLE contact (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company,
  version int NOT NULL DEFAULT 1,
  document_type text,
  document_number text,
  first_name text NOT NULL DEFAULT '',
  last_name text NOT NULL DEFAULT '',
  phone text,
  email text,
  search_text text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  updated_by uuid REFERENCES agent,
  UNIQUE (company_id, document_type, document_number),
  CHECK ((document_type IS NULL) = (document_number IS NULL))
);

CREATE TABLE ticket (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company,
  branch_id uuid NOT NULL REFERENCES branch,
  service_id uuid NOT NULL REFERENCES service,
  contact_id uuid REFERENCES contact,
  number bigint NOT NULL,
  turn_code text NOT NULL,
  business_day date NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  outcome text,
  priority text NOT NULL,
  origin text NOT NULL,
  holder_id uuid REFERENCES agent,
  attention_id uuid,
  epoch int NOT NULL DEFAULT 0,
  -- The whole TicketHeader as last published; the columns beside it are what queries need.
  header jsonb NOT NULL,
  topic_ids uuid[] NOT NULL DEFAULT '{}',
  turn_token_hash bytea UNIQUE,
  waiting_since timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  closed_at timestamptz,
  UNIQUE (company_id, number),
  UNIQUE (branch_id, business_day, turn_code)
);
CREATE INDEX ticket_open ON ticket (branch_id, state) WHERE closed_at IS NULL;
CREATE INDEX ticket_closed ON ticket (branch_id, closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX ticket_contact ON ticket (contact_id, created_at);
CREATE INDEX ticket_holder ON ticket (holder_id) WHERE holder_id IS NOT NULL;
-- One ticket in hand at a time.
CREATE UNIQUE INDEX ticket_holder_now ON ticket (holder_id) WHERE holder_id IS NOT NULL AND state IN ('calling', 'attending');

CREATE TABLE attention (
  id uuid PRIMARY KEY,
  ticket_id uuid NOT NULL REFERENCES ticket,
  branch_id uuid NOT NULL REFERENCES branch,
  -- The service whose line was waited in: a ticket may be transferred later.
  service_id uuid NOT NULL REFERENCES service,
  agent_id uuid NOT NULL REFERENCES agent,
  module_id uuid REFERENCES module,
  epoch int NOT NULL,
  is_automatic boolean NOT NULL,
  reasons jsonb NOT NULL,
  called_at timestamptz NOT NULL,
  acknowledged_at timestamptz,
  begun_at timestamptz,
  ended_at timestamptz,
  end_cause text,
  -- What the agent closed it with; of an attention that was freed before, what a late finish says.
  outcome text,
  -- Null when nobody waited: "Atender ahora".
  waited_minutes int,
  -- Of the branch's day at the call: waits are compared with those of the same hour.
  called_hour int NOT NULL,
  UNIQUE (ticket_id, epoch)
);
CREATE INDEX attention_agent ON attention (agent_id, called_at);
CREATE INDEX attention_waits ON attention (service_id, called_hour, called_at) WHERE epoch = 1 AND waited_minutes IS NOT NULL;

-- Append-only: timelines, reports and the change log come from here.
CREATE TABLE event (
  id uuid PRIMARY KEY,
  -- Order of arrival: of events of one instant the first written stands first. An id may be made by a desk.
  position bigint GENERATED ALWAYS AS IDENTITY,
  company_id uuid NOT NULL REFERENCES company,
  branch_id uuid NOT NULL REFERENCES branch,
  ticket_id uuid NOT NULL REFERENCES ticket,
  agent_id uuid REFERENCES agent,
  fact jsonb NOT NULL,
  occurred_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  is_suspect boolean NOT NULL DEFAULT false
);
CREATE INDEX event_ticket ON event (ticket_id, occurred_at, position);
-- What the waiting room shows.
CREATE INDEX event_calls ON event (branch_id, received_at) WHERE fact ->> 'type' IN ('ticket.called', 'ticket.recalled');

CREATE TABLE turn_counter (
  service_id uuid NOT NULL REFERENCES service,
  business_day date NOT NULL,
  -- How many were given, in the line and to desks.
  line_turns int NOT NULL,
  desk_turns int NOT NULL,
  PRIMARY KEY (service_id, business_day)
);

CREATE TABLE number_block (
  id uuid PRIMARY KEY,
  device_id uuid NOT NULL REFERENCES device,
  branch_id uuid NOT NULL REFERENCES branch,
  service_id uuid NOT NULL REFERENCES service,
  business_day date NOT NULL,
  first_number bigint NOT NULL,
  first_turn int NOT NULL,
  count int NOT NULL,
  reserved_at timestamptz NOT NULL DEFAULT now()
);
`,
    )
    .execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
DROP TABLE number_block, turn_counter, event, attention, ticket, contact;
`,
    )
    .execute(db);
}
