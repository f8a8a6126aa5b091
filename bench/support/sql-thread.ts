import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** SQL in a thread of its own, written by hand: one message there, one back, the rows parsed here. */
export interface SqlThread {
  ask: (name: string, ...input: unknown[]) => Promise<unknown[]>;
  close: () => Promise<void>;
}

export async function startSqlThread(path: string, statements: Record<string, string>): Promise<SqlThread> {
  const worker = new Worker(new URL('../floors/sql-worker.ts', import.meta.url), { workerData: { path, statements } });
  const waiting = new Map<number, (rows: unknown[]) => void>();
  let lastId = 0;
  worker.on('message', ({ id, rows }: { id: number; rows: string }) => {
    waiting.get(id)?.(JSON.parse(rows) as unknown[]);
    waiting.delete(id);
  });
  await once(worker, 'online');
  return {
    ask: (name, ...input) =>
      new Promise((resolve) => {
        lastId += 1;
        waiting.set(lastId, resolve);
        worker.postMessage({ id: lastId, name, input });
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}
