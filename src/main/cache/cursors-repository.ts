import type { Database } from 'better-sqlite3';
import type { StreamName } from '../../protocol/change.ts';

/** How far this desk has each stream. The cursor of a branch lies with its rows; only the attached branch has one here. */
export function cursorsRepository(db: Database) {
  const ofFile = (schema: 'main' | 'branch') => ({
    get: db.prepare<[string], { seq: number }>(`SELECT seq FROM ${schema}.cursors WHERE stream = ?`),
    set: db.prepare<[string, number]>(
      `INSERT INTO ${schema}.cursors (stream, seq) VALUES (?, ?) ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq`,
    ),
  });
  const files = { main: ofFile('main'), branch: ofFile('branch') };
  const of = (stream: StreamName) => files[stream.startsWith('branch:') ? 'branch' : 'main'];
  const all = db.prepare<[], { stream: StreamName; seq: number }>(
    'SELECT stream, seq FROM main.cursors UNION ALL SELECT stream, seq FROM branch.cursors',
  );
  const dropAgents = db.prepare("DELETE FROM main.cursors WHERE stream LIKE 'agent:%'");
  const keepAgent = db.prepare<[string]>("DELETE FROM main.cursors WHERE stream LIKE 'agent:%' AND stream <> ?");
  return {
    get: (stream: StreamName): number | null => of(stream).get.get(stream)?.seq ?? null,
    all: (): Record<StreamName, number> => Object.fromEntries(all.all().map(({ stream, seq }) => [stream, seq])),
    set: (stream: StreamName, seq: number): void => {
      of(stream).set.run(stream, seq);
    },
    /** The streams of all agents start over. */
    dropAgents: (): void => {
      dropAgents.run();
    },
    /** The other agents' streams start over when they come back. */
    keepOnlyAgent: (stream: StreamName): void => {
      keepAgent.run(stream);
    },
  };
}

export type CursorsRepository = ReturnType<typeof cursorsRepository>;
