import type { Migration } from '../migrate.ts';

/**
 * Who sits where and whose desk is silent, by agent instead of by module: a ticket has a holder also where nobody sits any
 * more. What the earlier table held cannot be told from it, so that the branch's stream starts over; its headers stay until
 * then.
 */
export const presences: Migration = {
  version: 2,
  up: (db) => {
    db.exec(`
DROP TABLE seats;
CREATE TABLE presences (
  branch_id TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (branch_id, agent_id)
) STRICT;
DELETE FROM cursors WHERE stream LIKE 'branch:%';
`);
  },
};
