import type { Logger } from 'pino';
import { ChangeHub } from '../changes/change-hub.ts';
import { RefusalLog } from '../commands/refusal-log.ts';
import { Takes } from '../commands/takes.ts';
import { createDispatcher } from '../dispatch/dispatcher.ts';
import { readDataFile } from '../start/data-file.ts';
import { DataFolderInUseError } from '../start/data-folder-lock.ts';
import type { Environment } from '../start/environment.ts';
import { databaseUrlFile, openDatabase, openStore } from '../start/open-database.ts';
import type { ServerContext } from '../start/server-context.ts';
import { AdminError, EXIT } from './admin-error.ts';

export interface AdminDatabase {
  context: ServerContext;
  /** A server works in the data folder at this moment, on the same database. */
  isShared: boolean;
  close: () => Promise<void>;
}

/**
 * The database that a verb works on: the own one by its address; the embedded one of the data folder, which is started for
 * the verb, or reached through the server that runs there.
 */
export async function openAdminDatabase(environment: Environment, log: Logger): Promise<AdminDatabase> {
  try {
    const { store, close } = await openDatabase(environment, log);
    return { context: contextOf(store, log), isShared: false, close };
  } catch (error) {
    if (!(error instanceof DataFolderInUseError)) throw error;
    const url = readDataFile(databaseUrlFile(environment.dataFolder))?.trim();
    if (!url) throw new AdminError(`${error.message} Its database is not open yet.`, EXIT.unavailable);
    const store = openStore(url, log);
    return { context: contextOf(store, log), isShared: true, close: store.close };
  }
}

/** What commands need of a process: this one has no sockets, and leaves the looks that are due to the servers. */
function contextOf(store: ServerContext['store'], log: Logger): ServerContext {
  return {
    store,
    clock: Date.now,
    log,
    publicUrl: '',
    hub: new ChangeHub(store, log),
    dispatcher: createDispatcher(),
    takes: new Takes(),
    refusals: new RefusalLog(store),
  };
}
