import type { Database } from 'better-sqlite3';
import type { StreamName } from '../../protocol/change.ts';

/** How far this desk has each stream. */
export function cursorsRepository(db: Database) {
  const get = db.prepare<[string], { seq: number }>('SELECT seq FROM cursors WHERE stream = ?');
  const all = db.prepare<[], { stream: StreamName; seq: number }>('SELECT stream, seq FROM cursors');
  const set = db.prepare<[string, number]>(
    'INSERT INTO cursors (stream, seq) VALUES (?, ?) ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq',
  );
  const keepAgent = db.prepare<[string]>("DELETE FROM cursors WHERE stream LIKE 'agent:%' AND stream <> ?");
  return {
    get: (stream: StreamName): number | null => get.get(stream)?.seq ?? null,
    all: (): Record<StreamName, number> => Object.fromEntries(all.all().map(({ stream, seq }) => [stream, seq])),
    set: (stream: StreamName, seq: number): void => {
      set.run(stream, seq);
    },
    /** The other agents' streams start over when they come back. */
    keepOnlyAgent: (stream: StreamName): void => {
      keepAgent.run(stream);
    },
  };
}

export type CursorsRepository = ReturnType<typeof cursorsRepository>;
