import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import type pg from 'pg';
import type { HeaderRow } from '../../src/cache-file/header-row.ts';
import { bare } from './searches.ts';

/** How many headers there are, and one hash of all of them and of what a search in them finds. */
export interface BranchHash {
  count: number;
  hash: string;
}

/** What is searched for: the beginning of a word of a name, as the file's own search finds it. */
const SEARCHED = 'nanez';

/** The headers of a branch as PostgreSQL has them, by number: what every desk of it has to end with. */
export async function readRows(database: pg.Client, branchId: string): Promise<HeaderRow[]> {
  const { rows } = await database.query<HeaderRow>(
    `SELECT number::float8, id, branch_id AS "branchId", service_id AS "serviceId", state, holder_id AS "holderId",
       turn_code AS "turnCode", business_day::text AS "businessDay",
       floor(extract(epoch FROM waiting_since) * 1000)::float8 AS "waitingSince",
       floor(extract(epoch FROM closed_at) * 1000)::float8 AS "closedAt", header ->> 'displayName' AS "displayName",
       header ->> 'documentLast4' AS "documentLast4", header::text AS json
     FROM ticket WHERE branch_id = $1 ORDER BY number`,
    [branchId],
  );
  return rows;
}

/** The hash that a file with exactly these rows has, by number. */
export function hashRows(rows: readonly HeaderRow[]): BranchHash {
  const names = rows.map(({ displayName }) => bare(displayName ?? '').match(/[\p{L}\p{N}]+/gu) ?? []);
  return hashOf(rows, names.filter((words) => words.some((word) => word.startsWith(SEARCHED))).length);
}

export function hashBranch(path: string): BranchHash {
  const db = new Database(path, { readonly: true });
  const found = db.prepare('SELECT count(*) FROM headers_search WHERE headers_search MATCH ?').pluck();
  const rows = db.prepare<[], HeaderRow>(
    `SELECT number, id, branch_id AS branchId, service_id AS serviceId, state, holder_id AS holderId,
       turn_code AS turnCode, business_day AS businessDay, waiting_since AS waitingSince, closed_at AS closedAt,
       display_name AS displayName, document_last4 AS documentLast4, json FROM headers ORDER BY number`,
  );
  const result = hashOf(rows.iterate(), Number(found.get(`${SEARCHED}*`)));
  db.close();
  return result;
}

function hashOf(rows: Iterable<HeaderRow>, found: number): BranchHash {
  const hash = createHash('sha256').update(`${found}\n`);
  let count = 0;
  for (const { json, ...columns } of rows) {
    count += 1;
    const sorted = Object.entries(JSON.parse(json) as object).toSorted(([a], [b]) => (a < b ? -1 : 1));
    hash.update(JSON.stringify([columns, sorted]));
  }
  return { count, hash: hash.digest('hex') };
}

/** As lines of JSON, one row a line as it is inserted. */
export function writeRows(rows: readonly HeaderRow[], path: string): void {
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}
