import { Worker } from 'node:worker_threads';

/** The thread of a store before anybody listens to it. */
export interface StoreThread {
  worker: Worker;
  /** Why it ended before it was asked anything; null: it has not. */
  failure: Error | null;
}

/** Begins a thread before it is known what it opens, since it takes a while to come up. */
export function beginStoreThread(workerUrl: URL): StoreThread {
  const worker = new Worker(workerUrl, { name: 'desk-store' });
  const thread: StoreThread = { worker, failure: null };
  // Unheard, an error would end the process without a word that people understand.
  worker.once('error', (error) => (thread.failure ??= error instanceof Error ? error : new Error(String(error))));
  worker.once('exit', () => (thread.failure ??= new Error('The store ended.')));
  return thread;
}

/** Gives threads, the first of which begins at once. */
export function storeThreads(workerUrl: URL): () => StoreThread {
  let ahead: StoreThread | null = beginStoreThread(workerUrl);
  return () => {
    const thread = ahead ?? beginStoreThread(workerUrl);
    ahead = null;
    return thread;
  };
}
