import { sql, type Kysely } from 'kysely';

/**
 * What is typed to find a customer stands anywhere in the text: a part of a phone, the end of a document. `pg_trgm` is a trusted
 * extension: who owns the database may create it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX contact_search ON contact USING gin (search_text gin_trgm_ops);
`,
    )
    .execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('DROP INDEX contact_search;').execute(db);
}
