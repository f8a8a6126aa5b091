import type { Migration } from '../migrate.ts';

/**
 * A header is its columns, one for each field, and lies in the file once: what is sent, unpacked and written is a third. Those that
 * the search is made of come first, so that making it reads no further. The stream starts over, as the server would rather send
 * an image than have each desk rewrite its file; who waits or is attended stays, for a desk that has no line just then.
 */
export const columns: Migration = {
  version: 2,
  up: (db, schema) => {
    db.exec(`
CREATE TEMP TABLE headers_open AS SELECT number, json FROM ${schema}.headers WHERE closed_at IS NULL AND json_valid(json);
DROP TABLE ${schema}.headers_search;
DROP TABLE ${schema}.headers;
DELETE FROM ${schema}.cursors;

CREATE TABLE ${schema}.headers (
  number INTEGER PRIMARY KEY,
  display_name TEXT,
  turn_code TEXT NOT NULL,
  document_last4 TEXT,
  id TEXT NOT NULL,
  branch_id TEXT NOT NULL,
  state TEXT NOT NULL,
  closed_at INTEGER,
  holder_id TEXT,
  holder_name TEXT,
  holder_module_id TEXT,
  attention_id TEXT,
  holder_epoch INTEGER,
  service_id TEXT NOT NULL,
  business_day TEXT NOT NULL,
  kind TEXT NOT NULL,
  outcome TEXT,
  priority TEXT NOT NULL,
  origin TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  document_type TEXT,
  created_at INTEGER NOT NULL,
  waiting_since INTEGER NOT NULL,
  appointment_at INTEGER,
  checked_in_at INTEGER,
  called_at INTEGER,
  last_called_at INTEGER,
  call_count INTEGER NOT NULL,
  attending_since INTEGER,
  transferred_from TEXT,
  requeues INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX ${schema}.headers_id ON headers (id);
CREATE INDEX ${schema}.headers_open ON headers (branch_id, state) WHERE closed_at IS NULL;
CREATE INDEX ${schema}.headers_closed ON headers (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX ${schema}.headers_holder ON headers (holder_id) WHERE holder_id IS NOT NULL;

CREATE VIRTUAL TABLE ${schema}.headers_search USING fts5(
  display_name, turn_code, document_last4,
  content = 'headers', content_rowid = 'number', columnsize = 0,
  tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4 5 6 7 8 9 10', detail = 'none'
);
INSERT INTO ${schema}.headers_search (headers_search, rank) VALUES ('secure-delete', 1);
`);
    const numbers = db.prepare('SELECT number FROM temp.headers_open ORDER BY number').pluck().all();
    const keep = db.prepare(`
INSERT INTO ${schema}.headers
SELECT number, json ->> 'displayName', json ->> 'turnCode', json ->> 'documentLast4', json ->> 'id', json ->> 'branchId',
       json ->> 'state', json ->> 'closedAt', json ->> '$.holder.agentId', json ->> '$.holder.agentName',
       json ->> '$.holder.moduleId', json ->> '$.holder.attentionId', json ->> '$.holder.epoch', json ->> 'serviceId',
       json ->> 'businessDay', json ->> 'kind', json ->> 'outcome', json ->> 'priority', json ->> 'origin', json ->> 'epoch',
       json ->> 'documentType', json ->> 'createdAt', json ->> 'waitingSince', json ->> 'appointmentAt', json ->> 'checkedInAt',
       json ->> 'calledAt', json ->> 'lastCalledAt', json ->> 'callCount', json ->> 'attendingSince',
       json ->> 'transferredFrom', json ->> 'requeues'
FROM temp.headers_open WHERE number = ?`);
    for (const number of numbers) {
      try {
        keep.run(number);
      } catch (error) {
        // A damaged one comes again with the stream.
        if (!(error as { code?: string }).code?.startsWith('SQLITE_CONSTRAINT')) throw error;
      }
    }
    db.exec(`INSERT INTO ${schema}.headers_search (headers_search) VALUES ('rebuild'); DROP TABLE temp.headers_open;`);
  },
};
