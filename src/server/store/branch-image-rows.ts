import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { HeaderRow } from '../../cache-file/header-row.ts';
import type { Presence } from '../../protocol/change.ts';
import type { Store } from './connect.ts';
import { readPresences } from './presence-rows.ts';
import { readStreamBounds } from './stream-rows.ts';
import { isHeader } from './ticket-rows.ts';

const ROWS_A_FETCH = 5_000;

/** How many headers a desk of the branch would get, counted to `most` and no further. */
export async function countHeaders(store: Store, branchId: string, closedAfter: number, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM (
      SELECT FROM ticket WHERE branch_id = ${branchId} AND (closed_at IS NULL OR closed_at > ${new Date(closedAfter)})
      LIMIT ${most}) AS found`.execute(store.db);
  return rows[0]?.count ?? 0;
}

/**
 * The stream of a branch at one `seq`, from one snapshot of the database: `takeHeaders` gets them part by part, by number. The
 * headers that `readHeaders` gives.
 */
export async function readBranchImage(
  store: Store,
  branchId: string,
  { closedAfter, limit }: { closedAfter: number; limit: number },
  takeHeaders: (rows: HeaderRow[]) => void,
): Promise<{ seq: number; presences: Presence[] }> {
  return store.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const { last } = await readStreamBounds(tx, `branch:${branchId}`);
      const presences = await readPresences(tx, branchId);
      // All of it is wanted, not the first rows soon; sorted in memory, not on the disk.
      await sql`SET LOCAL cursor_tuple_fraction = 1`.execute(tx);
      await sql`SET LOCAL work_mem = '256MB'`.execute(tx);
      const branch = sql.lit(branchId);
      const after = sql`to_timestamp(${sql.lit(closedAfter / 1_000)})`;
      // A cursor is declared without parameters.
      await sql`DECLARE image_header NO SCROLL CURSOR FOR
        SELECT number, id, branch_id AS "branchId", service_id AS "serviceId", state, holder_id AS "holderId",
               turn_code AS "turnCode", business_day AS "businessDay",
               (extract(epoch FROM waiting_since) * 1000)::bigint AS "waitingSince",
               (extract(epoch FROM closed_at) * 1000)::bigint AS "closedAt", header ->> 'displayName' AS "displayName",
               header ->> 'documentLast4' AS "documentLast4", header::text AS json
        FROM ticket WHERE branch_id = ${branch} AND (closed_at IS NULL OR closed_at > greatest(${after}, (
          SELECT closed_at FROM ticket WHERE branch_id = ${branch} AND closed_at > ${after}
          ORDER BY closed_at DESC OFFSET ${sql.lit(limit)} LIMIT 1)))
        ORDER BY number`.execute(tx);
      const fetch = () => sql<HeaderRow>`FETCH ${sql.lit(ROWS_A_FETCH)} FROM image_header`.execute(tx);
      let part = fetch();
      for (;;) {
        const { rows } = await part;
        const isLast = rows.length < ROWS_A_FETCH;
        if (!isLast) {
          // PostgreSQL makes the next part while this one is taken; should that fail, nobody waits for the next any more.
          part = fetch();
          part.catch(() => undefined);
          await setImmediate();
        }
        if (rows.length > 0) takeHeaders(rows.filter(({ id, json }) => isHeader(JSON.parse(json), id)));
        if (isLast) return { seq: last, presences };
      }
    });
}
