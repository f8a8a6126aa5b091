import { sql } from 'kysely';
import type { Reader } from './database.ts';

/** Where a stream stands, and the first change that its log still has (`last + 1` when it has none). */
export async function readStreamBounds(db: Reader, stream: string): Promise<{ first: number; last: number }> {
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    SELECT (SELECT seq FROM stream WHERE name = ${stream}) AS last,
           (SELECT min(seq) FROM change WHERE change.stream = ${stream}) AS first`.execute(db);
  const last = rows[0]?.last ?? 0;
  return { last, first: rows[0]?.first ?? last + 1 };
}
