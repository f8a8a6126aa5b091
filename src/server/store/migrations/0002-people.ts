import { sql, type Kysely } from 'kysely';

/** Who works there and at which desks: accounts, sessions, states. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
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

-- Where a session sat from when on: what is done there without the line belongs there, whenever it arrives.
CREATE TABLE seat (
  session_id uuid NOT NULL REFERENCES session,
  taken_at timestamptz NOT NULL,
  branch_id uuid NOT NULL REFERENCES branch,
  module_id uuid NOT NULL REFERENCES module,
  PRIMARY KEY (session_id, taken_at)
);

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
  is_suspect boolean NOT NULL,
  -- It came after the agent had done something newer elsewhere, and never was their state.
  is_superseded boolean NOT NULL DEFAULT false
);
CREATE INDEX status_ledger_agent ON status_ledger (agent_id, occurred_at);
`,
    )
    .execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
DROP TABLE status_ledger, agent_status, socket_ticket, seat, session, device, agent_service, agent_branch, agent;
`,
    )
    .execute(db);
}
