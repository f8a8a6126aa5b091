import { sql } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import type { Reader } from './database.ts';
import { ExtensionError } from './extension-error.ts';
import * as office from './migrations/0001-office.ts';
import * as people from './migrations/0002-people.ts';
import * as tickets from './migrations/0003-tickets.ts';
import * as requests from './migrations/0004-requests.ts';
import * as streams from './migrations/0005-streams.ts';
import * as contactSearch from './migrations/0006-contact-search.ts';
import * as lightCommands from './migrations/0007-light-commands.ts';
import * as guestLinks from './migrations/0008-guest-links.ts';
import * as consents from './migrations/0009-consents.ts';
import * as files from './migrations/0010-files.ts';
import * as messages from './migrations/0011-messages.ts';
import * as transferOffers from './migrations/0012-transfer-offers.ts';
import * as readiness from './migrations/0014-readiness.ts';
import * as portableTurns from './migrations/0015-portable-turns.ts';
import * as guestBlocks from './migrations/0017-guest-blocks.ts';

/** In order; a name is never changed once it has been released, its file neither. */
const migrations: Record<string, Migration> = {
  '0001-office': office,
  '0002-people': people,
  '0003-tickets': tickets,
  '0004-requests': requests,
  '0005-streams': streams,
  '0006-contact-search': contactSearch,
  '0007-light-commands': lightCommands,
  '0008-guest-links': guestLinks,
  '0009-consents': consents,
  '0010-files': files,
  '0011-messages': messages,
  '0012-transfer-offers': transferOffers,
  '0014-readiness': readiness,
  '0015-portable-turns': portableTurns,
  '0017-guest-blocks': guestBlocks,
};

/** The newest schema that this version knows. */
export const SCHEMA_VERSION = Object.keys(migrations).at(-1) ?? '';

/** Whether this version can read a backup of that schema. */
export const knowsSchema = (version: string): boolean => version in migrations;

/** The database was written by a newer version of Ventanilla. One line. */
export class NewerDatabaseError extends Error {
  constructor(found: string) {
    super(
      `The database was written by a newer version of Ventanilla (schema ${found}; this one knows ${SCHEMA_VERSION}): ` +
        'start that version, or restore a backup into an empty database.',
    );
    this.name = 'NewerDatabaseError';
  }
}

/**
 * Brings the database to `SCHEMA_VERSION`, or for a backup to an older one; of several processes one does it while the
 * others wait. Returns the names of the migrations it ran.
 * @throws NewerDatabaseError, before anything is changed; ExtensionError, and nothing is changed either
 */
export async function migrate(db: Reader, version = SCHEMA_VERSION): Promise<string[]> {
  await refuseNewer(db);
  const { error, results = [] } = await migratorOf(db).migrateTo(version);
  if (error !== undefined) {
    if (error instanceof ExtensionError) throw error;
    await refuseNewer(db); // A newer version may have come between.
    throw new Error(`The migration ${results.find(({ status }) => status === 'Error')?.migrationName} failed.`, {
      cause: error,
    });
  }
  return results.map(({ migrationName }) => migrationName);
}

/** The schema that a database has, or null when it has none of ours. */
export async function readSchemaVersion(db: Reader): Promise<string | null> {
  return (await executed(db)).at(-1) ?? null;
}

const migratorOf = (db: Reader): Migrator =>
  new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });

async function refuseNewer(db: Reader): Promise<void> {
  const unknown = (await executed(db)).find((name) => !(name in migrations));
  if (unknown !== undefined) throw new NewerDatabaseError(unknown);
}

async function executed(db: Reader): Promise<string[]> {
  const found = await sql<{ table: string | null }>`SELECT to_regclass('kysely_migration')::text AS table`.execute(db);
  if (found.rows[0]?.table == null) return [];
  const { rows } = await sql<{ name: string }>`SELECT name FROM kysely_migration ORDER BY name`.execute(db);
  return rows.map(({ name }) => name);
}
