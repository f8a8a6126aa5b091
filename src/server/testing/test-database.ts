import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { inject } from 'vitest';
import { connect, type Store } from '../store/connect.ts';
import { migrate } from '../store/migrate.ts';

const TEMPLATE = 'ventanilla_template';
const TEMPLATE_LOCK = 7420;

export interface TestDatabase {
  url: string;
  /** Closes whatever is still connected. */
  drop: () => Promise<void>;
}

/** A database of one's own, migrated and empty: a copy of a template that the first test of the run makes. */
export async function testDatabase(): Promise<TestDatabase> {
  return copyOf(await template());
}

/** A database without any table of ours. */
export async function blankDatabase(): Promise<TestDatabase> {
  return copyOf('template1');
}

async function copyOf(source: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asOwner(({ db }) => sql`CREATE DATABASE ${sql.id(name)} TEMPLATE ${sql.id(source)}`.execute(db));
  return {
    url: urlOf(name),
    drop: async () => {
      await asOwner(({ db }) => sql`DROP DATABASE ${sql.id(name)} WITH (FORCE)`.execute(db));
    },
  };
}

async function template(): Promise<string> {
  await asOwner(({ db }) =>
    db.connection().execute(async (connection) => {
      await sql`SELECT pg_advisory_lock(${TEMPLATE_LOCK})`.execute(connection);
      const found = await sql`SELECT FROM pg_database WHERE datname = ${TEMPLATE}`.execute(connection);
      if (found.rows.length > 0) return;
      const draft = `${TEMPLATE}_${randomBytes(4).toString('hex')}`;
      await sql`CREATE DATABASE ${sql.id(draft)}`.execute(connection);
      const store = connect(urlOf(draft), ignore);
      await migrate(store.db);
      await store.close();
      await sql`ALTER DATABASE ${sql.id(draft)} RENAME TO ${sql.id(TEMPLATE)}`.execute(connection);
    }),
  );
  return TEMPLATE;
}

/** The advisory lock goes with the connection. */
async function asOwner<Result>(act: (store: Store) => Promise<Result>): Promise<Result> {
  const store = connect(inject('postgresUrl'), ignore);
  try {
    return await act(store);
  } finally {
    await store.close();
  }
}

function urlOf(name: string): string {
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return url.href;
}

/** A pool that has ended may still hear of a connection that the server drops; queries fail by themselves. */
export const ignore = (): void => undefined;
