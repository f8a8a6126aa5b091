import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { storeThreads } from './cache/store-thread.ts';

/**
 * The workstation without Electron: serves desks to browsers of this machine until it is told to stop. The thread of the first
 * desk's store begins before the rest is read, so that both come up at once.
 */

const isBuilt = extname(import.meta.filename) !== '.ts';
const workerPath = join(import.meta.dirname, isBuilt ? 'cache-worker.cjs' : 'cache/worker.ts');
const pageFolder = join(import.meta.dirname, isBuilt ? '../renderer' : '../../out/renderer');
const startThread = storeThreads(pathToFileURL(workerPath));
void import('./start/serve-browser-desks.ts').then(({ serveBrowserDesks }) =>
  serveBrowserDesks({ startThread, pageFolder }),
);
