import { parentPort } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { NewerFileError } from '../../cache-file/migrate.ts';
import { createDeskStore, type DeskStore } from './desk-store.ts';
import { openStore, type OpenStore } from './open-store.ts';
import type { OpenOrder, StoreAnswer, StoreRequest } from './store-messages.ts';

/** The thread in which all SQL of the desk runs: one request after another, in the order in which they came. */
function run(port: NonNullable<typeof parentPort>): void {
  const say = (answer: StoreAnswer): void => port.postMessage(answer);
  let opened: OpenStore | null = null;
  let store: DeskStore | null = null;
  port.on('message', (request: StoreRequest) => {
    if (request.name === 'open') {
      opened = open(request.order, say);
      if (opened) store = createDeskStore(opened, request.order.headersKept);
      else port.close();
      return;
    }
    if (request.name === 'close' || store === null) {
      opened?.cache.close();
      opened?.outbox.close();
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

function open(order: OpenOrder, say: (answer: StoreAnswer) => void): OpenStore | null {
  try {
    const opened = openStore(order, order.key);
    say({ type: 'opened', report: opened.report });
    return opened;
  } catch (error) {
    if (error instanceof NewerFileError) say({ type: 'refused', reason: 'newer', detail: error.message });
    else if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY') {
      say({ type: 'refused', reason: 'inUse', detail: `Another desk works in ${order.databaseFolder}.` });
    } else throw error;
    return null;
  }
}

if (!parentPort) throw new Error('The store runs in a worker thread.');
run(parentPort);
