import type { Migration } from '../migrate.ts';

/** What the stream of a branch carries lies in a file of its own from now on, and starts over there. */
export const branchFiles: Migration = {
  version: 3,
  up: (db) => {
    db.exec(`
DROP TABLE headers;
DROP TABLE presences;
DELETE FROM cursors WHERE stream LIKE 'branch:%';
`);
  },
};
