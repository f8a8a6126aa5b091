import { sql, type Kysely } from 'kysely';

/** Services of the counter that also go by video, and turns that take the place of one that was closed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
ALTER TABLE service ADD COLUMN is_also_video boolean NOT NULL DEFAULT false,
  ADD CHECK (NOT is_also_video OR kind = 'counter');
-- One a ticket: whoever asks again gets the same one. A backup is restored in the order of ids, which need not be that of time.
ALTER TABLE ticket ADD COLUMN renews uuid UNIQUE REFERENCES ticket DEFERRABLE INITIALLY DEFERRED;
`,
    )
    .execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
ALTER TABLE ticket DROP COLUMN renews;
ALTER TABLE service DROP COLUMN is_also_video;
`,
    )
    .execute(db);
}
