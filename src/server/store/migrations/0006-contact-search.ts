import { sql, type Kysely } from 'kysely';
import { ExtensionError } from '../extension-error.ts';

const INSUFFICIENT_PRIVILEGE = '42501';

/**
 * What is typed to find a customer stands anywhere in the text: a part of a phone, the end of a document. `pg_trgm` is a trusted
 * extension: who has the right CREATE on the database may create it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  try {
    await sql.raw('CREATE EXTENSION IF NOT EXISTS pg_trgm;').execute(db);
  } catch (error) {
    const { code } = error as { code?: unknown };
    throw code === INSUFFICIENT_PRIVILEGE ? new ExtensionError('pg_trgm', { cause: error }) : error;
  }
  await sql.raw('CREATE INDEX contact_search ON contact USING gin (search_text gin_trgm_ops);').execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('DROP INDEX contact_search;').execute(db);
}
