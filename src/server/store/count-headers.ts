import { sql } from 'kysely';
import type { Store } from './connect.ts';

/** How many headers a desk of the branch would get, counted to `most` and no further. */
export async function countHeaders(store: Store, branchId: string, closedAfter: number, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM (
      SELECT FROM ticket WHERE branch_id = ${branchId} AND (closed_at IS NULL OR closed_at > ${new Date(closedAfter)})
      LIMIT ${most}) AS found`.execute(store.db);
  return rows[0]?.count ?? 0;
}
