import type { Migration } from '../migrate.ts';

/**
 * What the streams carry. `json` holds the whole protocol object; the columns beside it are what lists are made with.
 * `contents.sealed` is AES-256-GCM: see the desk's sealer.
 */
export const headersAndContents: Migration = {
  version: 1,
  up: (db) => {
    db.exec(`
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE cursors (
  stream TEXT PRIMARY KEY,
  seq INTEGER NOT NULL
) STRICT;

CREATE TABLE office (
  company_id TEXT PRIMARY KEY,
  json TEXT NOT NULL
) STRICT;

CREATE TABLE headers (
  id TEXT PRIMARY KEY,
  branch_id TEXT NOT NULL,
  service_id TEXT NOT NULL,
  state TEXT NOT NULL,
  holder_id TEXT,
  number INTEGER NOT NULL,
  turn_code TEXT NOT NULL,
  business_day TEXT NOT NULL,
  waiting_since INTEGER NOT NULL,
  closed_at INTEGER,
  json TEXT NOT NULL
) STRICT;
CREATE INDEX headers_open ON headers (branch_id, state) WHERE closed_at IS NULL;
CREATE INDEX headers_closed ON headers (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX headers_holder ON headers (holder_id) WHERE holder_id IS NOT NULL;

CREATE TABLE contents (
  ticket_id TEXT PRIMARY KEY,
  stream TEXT NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX contents_stream ON contents (stream);

CREATE TABLE seats (
  module_id TEXT PRIMARY KEY,
  branch_id TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT;
CREATE INDEX seats_branch ON seats (branch_id);

CREATE TABLE statuses (
  agent_id TEXT PRIMARY KEY,
  json TEXT NOT NULL
) STRICT;
`);
  },
};
