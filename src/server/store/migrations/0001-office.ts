import { sql, type Kysely } from 'kysely';

/** The office: a company, its branches and what they are made of. */
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
`,
    )
    .execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
DROP TABLE module, topic, service, department, branch, company;
DROP COLLATION people;
`,
    )
    .execute(db);
}
