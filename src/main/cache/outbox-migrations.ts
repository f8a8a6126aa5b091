import type { Migration } from '../../cache-file/migrate.ts';
import { EARLIER_MESSAGE } from './writing-place.ts';

/**
 * The file of what only this desk knows: never wiped with the cache. Everything that a person wrote is sealed per row.
 * `number_blocks.used` counts numbers taken from the block's start; `ledger` rows carry two clocks.
 */
const outboxAndLedger: Migration = {
  version: 1,
  up: (db) => {
    db.exec(`
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE outbox (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  sealed BLOB NOT NULL,
  -- JSON of the stream positions of the server's answer; null until it has answered.
  positions TEXT
) STRICT;

CREATE TABLE refused (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  sealed BLOB NOT NULL
) STRICT;

CREATE TABLE drafts (
  agent_id TEXT NOT NULL,
  ticket_id TEXT NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (agent_id, ticket_id)
) STRICT;

CREATE TABLE secrets (
  name TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT;

CREATE TABLE number_blocks (
  id TEXT PRIMARY KEY,
  branch_id TEXT NOT NULL,
  service_id TEXT NOT NULL,
  business_day TEXT NOT NULL,
  used INTEGER NOT NULL,
  json TEXT NOT NULL
) STRICT;
CREATE INDEX number_blocks_service ON number_blocks (service_id, business_day);

CREATE TABLE ledger (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  agent_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  cause TEXT NOT NULL,
  at INTEGER NOT NULL,
  monotonic_at INTEGER NOT NULL,
  run_id TEXT NOT NULL
) STRICT;
CREATE INDEX ledger_agent ON ledger (agent_id, position);

CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  started_at INTEGER NOT NULL,
  alive_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
`);
  },
};

/** When a draft's ticket was first found not open any more; null while it is, and after every letter. */
const idleDrafts: Migration = {
  version: 2,
  up: (db) => {
    db.exec('ALTER TABLE drafts ADD COLUMN idle_since INTEGER');
  },
};

/** What has been begun to write in the chat of a ticket. */
const messageDrafts: Migration = {
  version: 3,
  up: (db) => {
    db.exec(`
CREATE TABLE message_drafts (
  agent_id TEXT NOT NULL,
  ticket_id TEXT NOT NULL,
  sealed BLOB NOT NULL,
  -- As that of a note.
  idle_since INTEGER,
  PRIMARY KEY (agent_id, ticket_id)
) STRICT;
`);
  },
};

/** Beside the note: one sealed `Writing` of each kind that an agent has begun on a ticket. `idle_since` as of drafts. */
const writings: Migration = {
  version: 4,
  up: (db) => {
    db.exec(`
CREATE TABLE writings (
  agent_id TEXT NOT NULL,
  ticket_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  sealed BLOB NOT NULL,
  idle_since INTEGER,
  PRIMARY KEY (agent_id, ticket_id, kind)
) STRICT;
`);
  },
};

/** What is begun in a chat is a `Writing` like any other. Sealed for its earlier place, it is carried over by `carryMessageDrafts`. */
const noMessageDrafts: Migration = {
  version: 5,
  up: (db) => {
    db.exec(`
INSERT INTO writings (agent_id, ticket_id, kind, sealed, idle_since)
  SELECT agent_id, ticket_id, '${EARLIER_MESSAGE}', sealed, idle_since FROM message_drafts ORDER BY rowid;
DROP TABLE message_drafts;
`);
  },
};

export const outboxMigrations: readonly Migration[] = [
  outboxAndLedger,
  idleDrafts,
  messageDrafts,
  writings,
  noMessageDrafts,
];
