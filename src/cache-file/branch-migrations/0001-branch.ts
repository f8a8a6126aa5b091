import type { Migration } from '../migrate.ts';

/**
 * All that the stream of one branch carries, and how far it has come: rows and cursor lie in one file, so that they change in
 * one transaction. `json` holds the whole protocol object; the columns beside it are what lists and searches are made with.
 * The number of a ticket is its row's: the search gives the newest first without sorting. A beginning of a word for which there
 * is no `prefix` is found by gathering every row that has it before the first is given: 50 to 100 ms for a frequent name in a
 * million rows. All ten together are 2 % of the file.
 */
export const branch: Migration = {
  version: 1,
  up: (db, schema) => {
    db.exec(`
CREATE TABLE ${schema}.meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE ${schema}.cursors (
  stream TEXT PRIMARY KEY,
  seq INTEGER NOT NULL
) STRICT;

CREATE TABLE ${schema}.headers (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  branch_id TEXT NOT NULL,
  service_id TEXT NOT NULL,
  state TEXT NOT NULL,
  holder_id TEXT,
  turn_code TEXT NOT NULL,
  business_day TEXT NOT NULL,
  waiting_since INTEGER NOT NULL,
  closed_at INTEGER,
  display_name TEXT,
  document_last4 TEXT,
  json TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX ${schema}.headers_id ON headers (id);
CREATE INDEX ${schema}.headers_open ON headers (branch_id, state) WHERE closed_at IS NULL;
CREATE INDEX ${schema}.headers_closed ON headers (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX ${schema}.headers_holder ON headers (holder_id) WHERE holder_id IS NOT NULL;

CREATE VIRTUAL TABLE ${schema}.headers_search USING fts5(
  display_name, turn_code, document_last4,
  content = 'headers', content_rowid = 'number',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4 5 6 7 8 9 10', detail = 'none'
);
INSERT INTO ${schema}.headers_search (headers_search, rank) VALUES ('secure-delete', 1);

CREATE TABLE ${schema}.presences (
  branch_id TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (branch_id, agent_id)
) STRICT;
`);
  },
};
