import { sql, type Kysely } from 'kysely';

/** Which page of a guest has said last what to expect of their equipment; null once that page is gone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('ALTER TABLE guest_link ADD COLUMN readiness_page uuid;').execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('ALTER TABLE guest_link DROP COLUMN readiness_page;').execute(db);
}
