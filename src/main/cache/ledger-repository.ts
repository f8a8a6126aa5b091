import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { AgentState, StatusCause } from '../../protocol/agent-status.ts';
import { AgentId } from '../../protocol/ids.ts';
import { Instant } from '../../protocol/instant.ts';

/**
 * One change of what an agent was doing, by two clocks: `at` is the server's time as this desk knew it, `monotonicAt` the
 * machine's own milliseconds since it started, comparable within one run of the desk.
 */
export const LedgerRow = z.object({
  agentId: AgentId,
  kind: z.union([AgentState, z.enum(['attending', 'signedOut'])]),
  cause: StatusCause,
  at: Instant,
  monotonicAt: z.int(),
  runId: z.string(),
});
export type LedgerRow = z.infer<typeof LedgerRow>;

/** A run of the desk's process. `endedAt` is null while it lives, and for ever if it died. */
export interface DeskRun {
  id: string;
  startedAt: Instant;
  aliveAt: Instant;
  endedAt: Instant | null;
}

export interface EarlierRun {
  run: DeskRun;
  /** What its agent was last doing; null when nobody worked in it. */
  last: LedgerRow | null;
}

export function ledgerRepository(db: Database) {
  const insert = db.prepare<[string, string, string, number, number, string]>(
    'INSERT INTO ledger (agent_id, kind, cause, at, monotonic_at, run_id) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const columns = 'agent_id AS agentId, kind, cause, at, monotonic_at AS monotonicAt, run_id AS runId';
  const since = db.prepare<[string, number]>(
    `SELECT ${columns} FROM ledger WHERE agent_id = ? AND at >= ? ORDER BY position`,
  );
  const lastOfRun = db.prepare<[string]>(
    `SELECT ${columns} FROM ledger WHERE run_id = ? ORDER BY position DESC LIMIT 1`,
  );
  const runColumns = 'id, started_at AS startedAt, alive_at AS aliveAt, ended_at AS endedAt';
  const lastRun = db.prepare<[], DeskRun>(`SELECT ${runColumns} FROM runs ORDER BY rowid DESC LIMIT 1`);
  const startRun = db.prepare<[string, number, number]>('INSERT INTO runs (id, started_at, alive_at) VALUES (?, ?, ?)');
  const setAlive = db.prepare<[number, string]>('UPDATE runs SET alive_at = ? WHERE id = ?');
  const setEnded = db.prepare<[number, number, string]>('UPDATE runs SET alive_at = ?, ended_at = ? WHERE id = ?');
  const forget = db.prepare<[number]>('DELETE FROM ledger WHERE at < ?');
  const forgetRuns = db.prepare<[number]>('DELETE FROM runs WHERE alive_at < ?');
  return {
    add: (row: LedgerRow): void => {
      insert.run(row.agentId, row.kind, row.cause, row.at, row.monotonicAt, row.runId);
    },
    since: (agentId: AgentId, from: Instant): LedgerRow[] =>
      since.all(agentId, from).map((row) => LedgerRow.parse(row)),
    /** Opens a run; gives the one before it and its last row. Rows older than `keepFrom` go. */
    startRun: (id: string, at: Instant, keepFrom: Instant): EarlierRun | null => {
      forget.run(keepFrom);
      forgetRuns.run(keepFrom);
      const run = lastRun.get();
      startRun.run(id, at, at);
      if (!run) return null;
      const last = lastOfRun.get(run.id);
      return { run, last: last === undefined ? null : LedgerRow.parse(last) };
    },
    alive: (id: string, at: Instant): void => {
      setAlive.run(at, id);
    },
    endRun: (id: string, at: Instant): void => {
      setEnded.run(at, at, id);
    },
  };
}
