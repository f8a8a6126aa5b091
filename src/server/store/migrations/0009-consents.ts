import { sql, type Kysely } from 'kysely';

/** Terms and conditions, who was asked to accept them, and what proves the answer (trust T24, R4). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
-- A version is never changed: another text is another row.
CREATE TABLE terms (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company,
  slug text NOT NULL,
  version int NOT NULL CHECK (version > 0),
  -- Slug of a service; null for all.
  service text,
  language text NOT NULL,
  title text NOT NULL,
  text text NOT NULL,
  is_required boolean NOT NULL,
  position int NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (company_id, slug, version)
);

CREATE TABLE consent (
  id uuid PRIMARY KEY,
  ticket_id uuid NOT NULL REFERENCES ticket,
  attention_id uuid NOT NULL REFERENCES attention,
  terms_id uuid REFERENCES terms,
  title text NOT NULL,
  text text NOT NULL,
  version text NOT NULL,
  language text NOT NULL,
  sha256 text NOT NULL,
  is_required boolean NOT NULL,
  is_edited boolean NOT NULL,
  asked_by uuid NOT NULL REFERENCES agent,
  -- By which the guest was in who was asked, or who opened it first where nobody was in: it is for that browser alone.
  guest_link_id uuid REFERENCES guest_link,
  asked_at timestamptz NOT NULL,
  module_name text,
  device_id uuid NOT NULL,
  opened_at timestamptz,
  read_at timestamptz,
  retracted_at timestamptz,
  state text NOT NULL CHECK (state IN ('asked', 'accepted', 'refused', 'unanswered', 'withdrawn')),
  answered_at timestamptz,
  withdrawn_at timestamptz,
  CHECK ((state = 'asked') = (answered_at IS NULL)),
  CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL))
);
CREATE INDEX consent_ticket ON consent (ticket_id, asked_at);
CREATE UNIQUE INDEX consent_open ON consent (attention_id) WHERE state = 'asked' AND retracted_at IS NULL;
CREATE INDEX consent_asked ON consent (asked_at) WHERE state = 'asked';

-- Public halves of the keys that sign; the private ones never leave their server.
CREATE TABLE evidence_key (
  id text PRIMARY KEY,
  public_key text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Where each server's journal stands: its last line that was committed.
CREATE TABLE evidence_journal (
  id uuid PRIMARY KEY,
  head_sequence bigint NOT NULL,
  head_hash text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Every line of every journal, as it stands in the file. One that is void was written and never committed: it proves nothing.
CREATE TABLE evidence_line (
  journal_id uuid NOT NULL REFERENCES evidence_journal,
  sequence bigint NOT NULL CHECK (sequence > 0),
  folio text UNIQUE,
  line text NOT NULL,
  is_void boolean NOT NULL,
  PRIMARY KEY (journal_id, sequence)
);

CREATE TABLE consent_record (
  folio text PRIMARY KEY REFERENCES evidence_line (folio),
  consent_id uuid NOT NULL REFERENCES consent,
  act text NOT NULL CHECK (act IN ('accepted', 'refused', 'unanswered', 'withdrawn')),
  at timestamptz NOT NULL,
  -- What names people, apart from the chain, which holds its hash: it can be erased, the chain cannot. Null once it is.
  details text,
  guest_token text NOT NULL UNIQUE,
  agent_token text NOT NULL UNIQUE,
  -- Under which the receipt was given.
  base_url text NOT NULL,
  UNIQUE (consent_id, act)
);
`,
    )
    .execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw('DROP TABLE consent_record, evidence_line, evidence_journal, evidence_key, consent, terms;')
    .execute(db);
}
