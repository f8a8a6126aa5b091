import type { Database, Statement } from 'better-sqlite3';

const METHODS = ['all', 'get', 'iterate', 'run'] as const;

/** How SQLite goes about every statement that `act` runs on `db`, by statement: the lines of its EXPLAIN QUERY PLAN. */
export function queryPlans(db: Database, act: () => void): Map<string, string[]> {
  const seen = new Set<string>();
  const prototype = Object.getPrototypeOf(db.prepare('SELECT 1')) as Record<string, unknown>;
  const before = METHODS.map((name) => prototype[name] as (...input: unknown[]) => unknown);
  METHODS.forEach((name, index) => {
    prototype[name] = function run(this: Statement, ...input: unknown[]): unknown {
      if (this.database === db) seen.add(this.source);
      return before[index]?.apply(this, input);
    };
  });
  try {
    act();
  } finally {
    METHODS.forEach((name, index) => (prototype[name] = before[index]));
  }
  return new Map([...seen].map((source) => [source, planOf(db, source)]));
}

function planOf(db: Database, source: string): string[] {
  const statement = db.prepare(`EXPLAIN QUERY PLAN ${source}`);
  const names = [...source.matchAll(/[@:](\w+)/g)].map(([, name]) => [name, null]);
  const places = source.match(/\?/g) ?? [];
  const input = names.length > 0 && places.length === 0 ? [Object.fromEntries(names)] : places.map(() => null);
  return (statement.all(...input) as { detail: string }[]).map(({ detail }) => detail);
}

/**
 * Lines of a plan that read all headers, or sort. What sorts an agent's own tickets is left out: they are found by their
 * stream, and are no more than one agent can close in 30 days.
 */
export function costlyLines(plan: readonly string[]): string[] {
  const isOwnTickets = plan.some((line) => line.includes('contents_stream'));
  return plan.filter(
    (line) =>
      /^SCAN (headers|h)\b/.test(line.replace(/headers_search VIRTUAL.*/, '')) ||
      (line.includes('TEMP B-TREE') && !isOwnTickets),
  );
}
