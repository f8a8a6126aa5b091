import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { NewerFileError } from '../../cache-file/migrate.ts';
import { createDeskStore } from './desk-store.ts';
import { openStore, type OpenStore } from './open-store.ts';
import type { StoreAnswer, StoreRequest, StoreWorkerData } from './store-messages.ts';

/** The thread in which all SQL of the desk runs: one request after another, in the order in which they came. */
function run(port: NonNullable<typeof parentPort>, data: StoreWorkerData): void {
  const say = (answer: StoreAnswer): void => port.postMessage(answer);
  const opened = open(data, say);
  if (!opened) return;
  const store = createDeskStore(opened, data.headersKept);
  port.on('message', (request: StoreRequest) => {
    if (request.name === 'close') {
      opened.cache.close();
      opened.outbox.close();
      port.close();
      return;
    }
    try {
      const operation = store[request.name] as (...input: unknown[]) => unknown;
      say({ type: 'answer', id: request.id, output: operation(...request.input) });
    } catch (error) {
      const isFull = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_FULL');
      say({ type: 'failure', id: request.id, code: isFull ? 'DISK_FULL' : 'INTERNAL', detail: String(error) });
    }
  });
}

function open(data: StoreWorkerData, say: (answer: StoreAnswer) => void): OpenStore | null {
  try {
    const opened = openStore(data, data.key);
    say({ type: 'opened', report: opened.report });
    return opened;
  } catch (error) {
    if (error instanceof NewerFileError) say({ type: 'refused', reason: 'newer', detail: error.message });
    else if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY') {
      say({ type: 'refused', reason: 'inUse', detail: `Another desk works in ${data.databaseFolder}.` });
    } else throw error;
    return null;
  }
}

if (!parentPort) throw new Error('The store runs in a worker thread.');
run(parentPort, workerData as StoreWorkerData);
