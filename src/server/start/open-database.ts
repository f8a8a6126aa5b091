import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { connect, type Store } from '../store/connect.ts';
import { readServerVersion } from '../store/server-rows.ts';
import { writeDataFile } from './data-file.ts';
import { lockDataFolder } from './data-folder-lock.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { EnvironmentError, type Environment } from './environment.ts';
import { logPostgresLine } from './log.ts';
import { StartError } from './start-error.ts';

const OLDEST_POSTGRES = 15;

export interface OpenDatabase {
  url: string;
  store: Store;
  isEmbedded: boolean;
  /** Settles when an embedded PostgreSQL is gone without having been asked to. */
  lost: Promise<void>;
  close: () => Promise<void>;
}

/** Where a running server says how its embedded database is reached, for the verbs of `admin`. */
export const databaseUrlFile = (dataFolder: string): string => join(dataFolder, 'database-url');

/**
 * The database of the environment: an own PostgreSQL by its address, else the embedded one, for which this process takes the
 * data folder.
 * @throws DataFolderInUseError, EnvironmentError, StartError
 */
export function openDatabase(environment: Environment, log: Logger): Promise<OpenDatabase> {
  return environment.databaseUrl === null
    ? openEmbedded(environment.dataFolder, log)
    : openOwn(environment.databaseUrl, log);
}

async function openEmbedded(dataFolder: string, log: Logger): Promise<OpenDatabase> {
  const unlock = lockDataFolder(dataFolder);
  try {
    const postgres = await startEmbeddedPostgres(join(dataFolder, 'postgres'), (line) => logPostgresLine(log, line));
    writeDataFile(databaseUrlFile(dataFolder), `${postgres.url}\n`);
    const store = openStore(postgres.url, log);
    let isClosing = false;
    return {
      url: postgres.url,
      store,
      isEmbedded: true,
      lost: postgres.ended.then(() => (isClosing ? new Promise<void>(() => undefined) : undefined)),
      close: async () => {
        isClosing = true;
        await store.close();
        await postgres.stop();
        rmSync(databaseUrlFile(dataFolder), { force: true });
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw new StartError((error as Error).message, { cause: error });
  }
}

async function openOwn(url: string, log: Logger): Promise<OpenDatabase> {
  const store = openStore(url, log);
  try {
    const version = await readServerVersion(store);
    if (version < OLDEST_POSTGRES) {
      throw new EnvironmentError(
        'VENTANILLA_DATABASE_URL',
        `is a PostgreSQL ${version}; Ventanilla needs ${OLDEST_POSTGRES} or newer`,
      );
    }
    return { url, store, isEmbedded: false, lost: new Promise(() => undefined), close: () => store.close() };
  } catch (error) {
    await store.close();
    if (error instanceof EnvironmentError) throw error;
    const { code, message } = error as { code?: string; message: string };
    throw new EnvironmentError('VENTANILLA_DATABASE_URL', `the database cannot be reached (${code ?? message})`);
  }
}

/** Says when a connection breaks that nobody meant to close. */
export function openStore(url: string, log: Logger): Store {
  let isClosing = false;
  const store = connect(url, (error) => {
    if (!isClosing) log.warn({ error }, 'a connection to the database was lost');
  });
  return {
    ...store,
    close: () => {
      isClosing = true;
      return store.close();
    },
  };
}
