import type { Migration } from '../migrate.ts';

/** A header says what to expect of a guest's equipment. What a desk has comes to know it with its next change. */
export const readiness: Migration = {
  version: 3,
  up: (db, schema) => {
    for (const column of ['verdict TEXT', 'cause TEXT', 'since INTEGER']) {
      db.exec(`ALTER TABLE ${schema}.headers ADD COLUMN readiness_${column}`);
    }
  },
};
