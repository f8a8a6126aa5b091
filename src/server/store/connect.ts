import { once } from 'node:events';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database } from './database.ts';
import { PreparedClient } from './prepared-client.ts';

/** Small pools win on PostgreSQL: 10 connections outrun 200. */
const POOL_SIZE = 10;
/** A database that is gone answers no farewell. */
const FAREWELL_MS = 1_000;
const KEEP_ALIVE_AFTER_MS = 10_000;

export interface Store {
  db: Kysely<Database>;
  pool: pg.Pool;
  close: () => Promise<void>;
}

/** Opens a pool on `url`. Numbers of 64 bits come as JS numbers (ours stay below 2^53), dates as `YYYY-MM-DD`. */
export function connect(url: string, onError: (error: Error) => void): Store {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    application_name: 'ventanilla',
    // Idle ones stay: a customer who comes after a quiet minute need not wait for a new one.
    idleTimeoutMillis: 0,
    // Whatever lies between may forget a connection on which nothing is said.
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    pipeline: true,
    Client: PreparedClient,
    types: {
      getTypeParser: ((oid: Parameters<typeof pg.types.getTypeParser>[0], format?: 'text' | 'binary') => {
        if (oid === pg.types.builtins.INT8) return Number;
        if (oid === pg.types.builtins.DATE) return (text: string) => text;
        return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid);
      }) as typeof pg.types.getTypeParser,
    },
  });
  // An idle connection that the server drops must not end the process; the next query opens another.
  pool.on('error', onError);
  const open = new Set<pg.PoolClient>();
  pool.on('connect', (client) => {
    open.add(client);
    // The pool hears of a broken connection only while it is idle; unheard, one in use would end the process. Whoever uses it
    // gets the error as the answer to the query.
    client.on('error', () => undefined);
  });
  pool.on('remove', (client) => open.delete(client));
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    pool,
    close: async () => {
      await db.destroy();
      // The pool forgets connections before they are closed; a PostgreSQL that stops then complains of each.
      const late = AbortSignal.timeout(FAREWELL_MS);
      while (open.size > 0 && !late.aborted) await once(pool, 'remove', { signal: late }).catch(() => undefined);
    },
  };
}
