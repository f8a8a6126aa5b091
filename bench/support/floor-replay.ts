import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import { v7 as uuidv7 } from 'uuid';
import WebSocket from 'ws';

const BATCH = 250;

/** A desk written by hand: commands in one table of a file that is synced at every commit, sent in batches over a bare socket. */
export interface FloorDesk {
  /** Puts the commands of so many customers into the file, not measured. */
  queue: (customers: number) => void;
  /** From connecting to an empty file, in ms. */
  replay: (url: string) => Promise<number>;
  /** Commands so far. */
  queued: () => number;
  close: () => void;
}

export function openFloorDesk(path: string, actsOf: (customer: number) => readonly object[]): FloorDesk {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(
    'CREATE TABLE outbox (position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, json TEXT NOT NULL)',
  );
  const insert = db.prepare<[string, string]>('INSERT INTO outbox (id, json) VALUES (?, ?)');
  const next = db.prepare<[number], string>('SELECT json FROM outbox ORDER BY position LIMIT ?').pluck();
  const remove = db.prepare<[string]>('DELETE FROM outbox WHERE id = ?');
  const authorId = randomUUID();
  const sessionId = randomUUID();
  let customer = 0;
  let queued = 0;

  const settle = db.transaction((answers: readonly { id: string; status: string }[]): void => {
    for (const { id, status } of answers) {
      if (status !== 'accepted') throw new Error(`the floor answered ${status}`);
      remove.run(id);
    }
  });

  return {
    queue: db.transaction((customers: number): void => {
      const last = customer + customers;
      for (; customer < last; customer += 1) {
        for (const body of actsOf(customer)) {
          const id = uuidv7();
          queued += 1;
          insert.run(id, JSON.stringify({ id, authorId, sessionId, occurredAt: Date.now(), body }));
        }
      }
    }),
    replay: async (url) => {
      const startedAt = performance.now();
      const socket = new WebSocket(url, { perMessageDeflate: false });
      await once(socket, 'open');
      for (let rows = next.all(BATCH); rows.length > 0; rows = next.all(BATCH)) {
        socket.send(`[${rows.join(',')}]`);
        const [data] = (await once(socket, 'message')) as [Buffer];
        settle(JSON.parse(data.toString()) as { id: string; status: string }[]);
      }
      const took = performance.now() - startedAt;
      socket.terminate();
      return took;
    },
    queued: () => queued,
    close: () => db.close(),
  };
}
