import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/server/start/embedded-postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** An account that may create databases, on the one PostgreSQL of this run. */
    postgresUrl: string;
  }
}

/**
 * One PostgreSQL for all database tests of a run: the one that `pg_virtualenv` started around us, else the embedded one in a
 * folder of its own, which goes with it.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { PGHOST, PGPORT, PGUSER, PGPASSWORD } = process.env;
  if (PGHOST && PGPORT && PGUSER && PGPASSWORD) {
    project.provide('postgresUrl', `postgres://${PGUSER}:${PGPASSWORD}@${PGHOST}:${PGPORT}/postgres`);
    return () => Promise.resolve();
  }
  const folder = await mkdtemp(join(tmpdir(), 'ventanilla-test-'));
  const said: string[] = [];
  const postgres = await startEmbeddedPostgres(folder, (line) => said.push(line)).catch((error: unknown) => {
    throw new Error(`The PostgreSQL of the tests did not start:\n${said.join('\n')}`, { cause: error });
  });
  project.provide('postgresUrl', postgres.url);
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true });
  };
}
