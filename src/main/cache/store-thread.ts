import { Worker } from 'node:worker_threads';

/** The thread of a store; it is begun before it is known what it opens, since it takes a while to come up. */
export function beginStoreThread(workerUrl: URL): Worker {
  return new Worker(workerUrl, { name: 'desk-store' });
}

/** Gives threads, the first of which begins at once. */
export function storeThreads(workerUrl: URL): () => Worker {
  let ahead: Worker | null = beginStoreThread(workerUrl);
  return () => {
    const thread = ahead ?? beginStoreThread(workerUrl);
    ahead = null;
    return thread;
  };
}
