import { sql, type Kysely } from 'kysely';

/** The office, its people, its tickets, the log and the streams. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
CREATE COLLATION IF NOT EXISTS people (provider = icu, locale = 'es-u-ks-level1', deterministic = false);

CREATE TABLE company (
  id uuid PRIMARY KEY,
  slug text NOT NULL UNIQUE,
  name text NOT NULL,
  locale text NOT NULL,
  country text NOT NULL,
  is_demo boolean NOT NULL DEFAULT false,
  next_number bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE branch (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company,
  slug text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('office', 'remote')),
  time_zone text NOT NULL,
  queue_rules jsonb NOT NULL,
  shows_names boolean NOT NULL DEFAULT false,
  position int NOT NULL DEFAULT 0,
  UNIQUE (company_id, slug)
);

CREATE TABLE department (
  id uuid PRIMARY KEY,
  branch_id uuid NOT NULL REFERENCES branch,
  name text NOT NULL,
  position int NOT NULL DEFAULT 0,
  UNIQUE (branch_id, name)
);

CREATE TABLE service (
  id uuid PRIMARY KEY,
  branch_id uuid NOT NULL REFERENCES branch,
  department_id uuid NOT NULL REFERENCES department,
  slug text NOT NULL,
  name text NOT NULL,
  letter text NOT NULL CHECK (letter ~ '^[A-Z]$'),
  kind text NOT NULL CHECK (kind IN ('counter', 'video')),
  minutes int NOT NULL CHECK (minutes > 0),
  lateness_minutes int NOT NULL CHECK (lateness_minutes >= 0),
  position int NOT NULL DEFAULT 0,
  UNIQUE (branch_id, slug),
  UNIQUE (branch_id, letter)
);

CREATE TABLE topic (
  id uuid PRIMARY KEY,
  service_id uuid NOT NULL REFERENCES service,
  name text NOT NULL,
  position int NOT NULL DEFAULT 0
);

CREATE TABLE module (
  id uuid PRIMARY KEY,
  branch_id uuid NOT NULL REFERENCES branch,
  name text NOT NULL,
  position int NOT NULL DEFAULT 0,
  UNIQUE (branch_id, name)
);

CREATE TABLE agent (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company,
  email text NOT NULL UNIQUE CHECK (email = lower(email)),
  first_name text NOT NULL,
  last_name text NOT NULL,
  phone text,
  role text NOT NULL CHECK (role IN ('agent', 'supervisor', 'admin')),
  password_hash text NOT NULL,
  must_change_password boolean NOT NULL DEFAULT false,
  disabled_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE agent_branch (
  agent_id uuid NOT NULL REFERENCES agent,
  branch_id uuid NOT NULL REFERENCES branch,
  is_home boolean NOT NULL DEFAULT false,
  PRIMARY KEY (agent_id, branch_id)
);

CREATE TABLE agent_service (
  agent_id uuid NOT NULL REFERENCES agent,
  service_id uuid NOT NULL REFERENCES service,
  level text NOT NULL CHECK (level IN ('main', 'support')),
  PRIMARY KEY (agent_id, service_id)
);

CREATE TABLE device (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company,
  branch_id uuid REFERENCES branch,
  kind text NOT NULL CHECK (kind IN ('desk', 'kiosk')),
  name text NOT NULL,
  secret_hash bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz
);

CREATE TABLE session (
  id uuid PRIMARY KEY,
  agent_id uuid NOT NULL REFERENCES agent,
  device_id uuid NOT NULL REFERENCES device,
  token_hash bytea NOT NULL UNIQUE,
  branch_id uuid REFERENCES branch,
  module_id uuid REFERENCES module,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  end_cause text
);
CREATE INDEX session_agent ON session (agent_id) WHERE ended_at IS NULL;
CREATE INDEX session_device ON session (device_id, agent_id, created_at);
-- One agent at a time at a module, one module at a time for an agent.
CREATE UNIQUE INDEX session_module ON session (module_id) WHERE ended_at IS NULL AND module_id IS NOT NULL;
CREATE UNIQUE INDEX session_seated ON session (agent_id) WHERE ended_at IS NULL AND module_id IS NOT NULL;

CREATE TABLE socket_ticket (
  ticket_hash bytea PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES session,
  expires_at timestamptz NOT NULL
);

CREATE TABLE agent_status (
  agent_id uuid PRIMARY KEY REFERENCES agent,
  state text NOT NULL,
  next_state text NOT NULL,
  is_manual boolean NOT NULL,
  since timestamptz NOT NULL,
  cause text NOT NULL,
  branch_id uuid REFERENCES branch,
  module_id uuid REFERENCES module,
  -- Start of the present freedom: the longest free agent is called first.
  free_since timestamptz NOT NULL,
  -- The socket that speaks for this agent now, and when its server process last saw it alive.
  connection_id uuid,
  seen_at timestamptz
);
CREATE INDEX agent_status_branch ON agent_status (branch_id);

CREATE TABLE status_ledger (
  id uuid PRIMARY KEY,
  agent_id uuid NOT NULL REFERENCES agent,
  state text NOT NULL,
  cause text NOT NULL,
  occurred_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  is_suspect boolean NOT NULL
);
CREATE INDEX status_ledger_agent ON status_ledger (agent_id, occurred_at);

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

-- Who looked at what (trust T11).
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

-- A command delivered again finds its answer here (400 days; trust R9).
CREATE TABLE command (
  id uuid PRIMARY KEY,
  author_id uuid NOT NULL REFERENCES agent,
  device_id uuid NOT NULL REFERENCES device,
  body_hash bytea NOT NULL,
  answer jsonb NOT NULL,
  occurred_at timestamptz NOT NULL,
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

CREATE TABLE stream (
  name text PRIMARY KEY,
  -- company 1, branch 2, agent 3: the order in which counters are locked.
  rank int NOT NULL,
  seq bigint NOT NULL DEFAULT 0
);

CREATE TABLE change (
  stream text NOT NULL,
  seq bigint NOT NULL,
  body jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (stream, seq)
);
CREATE INDEX change_at ON change (at);

-- The last statement before COMMIT: counters are locked in one order (rank, then name) and held to the end, so that the
-- order of seq is the order of commit and no reader skips a change. Takes [{stream, rank, body}], gives [{stream, seq}].
CREATE FUNCTION write_changes(entries jsonb) RETURNS TABLE (stream text, seq bigint) LANGUAGE plpgsql AS $$
DECLARE
  target record;
BEGIN
  FOR target IN
    SELECT e.value ->> 'stream' AS name, max((e.value ->> 'rank')::int) AS rank, count(*) AS amount
    FROM jsonb_array_elements(entries) AS e GROUP BY 1 ORDER BY 2, 1
  LOOP
    INSERT INTO stream AS s (name, rank, seq) VALUES (target.name, target.rank, target.amount)
    ON CONFLICT (name) DO UPDATE SET seq = s.seq + target.amount
    RETURNING s.seq INTO write_changes.seq;
    INSERT INTO change (stream, seq, body)
    SELECT target.name,
           write_changes.seq - target.amount + row_number() OVER (ORDER BY e.ordinality),
           e.value -> 'body'
    FROM jsonb_array_elements(entries) WITH ORDINALITY AS e
    WHERE e.value ->> 'stream' = target.name;
    write_changes.stream := target.name;
    RETURN NEXT;
  END LOOP;
END $$;
`,
    )
    .execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
DROP FUNCTION write_changes(jsonb);
DROP TABLE change, stream, due, idempotency_key, command, number_block, turn_counter, audit, event, attention, ticket,
  contact, status_ledger, agent_status, socket_ticket, session, device, agent_service, agent_branch, agent, module, topic,
  service, department, branch, company;
DROP COLLATION people;
`,
    )
    .execute(db);
}
