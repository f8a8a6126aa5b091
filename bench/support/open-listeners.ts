import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Listening, ListenersSay } from '../floors/listeners.ts';

/** Sockets in a process of their own that hear of every ticket. */
export interface Listeners {
  /** Resolves when each of them has been told `tickets` more than when they were opened. */
  told: (tickets: number) => Promise<void>;
  close: () => Promise<void>;
}

export async function openListeners(listening: Listening): Promise<Listeners> {
  const child = fork(join(import.meta.dirname, '../floors/listeners.ts'));
  const opened = Promise.withResolvers<void>();
  const watchers = new Set<() => void>();
  let told = 0;
  child.on('message', (said: ListenersSay) => {
    if (said.type === 'open') opened.resolve();
    else told = said.tickets;
    for (const watcher of watchers) watcher();
  });
  child.once('exit', () => opened.reject(new Error('the listeners ended')));
  child.send(listening);
  await opened.promise;
  return {
    told: (tickets) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (told < tickets) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    close: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
