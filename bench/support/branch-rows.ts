import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { HeaderRow } from '../../src/cache-file/header-row.ts';

/** How many headers a branch's file has, and one hash of all of them and of what a search in it finds. */
export function hashBranch(path: string): { count: number; hash: string } {
  const db = new Database(path, { readonly: true });
  const found = db.prepare("SELECT count(*) FROM headers_search WHERE headers_search MATCH 'nanez*'").pluck().get();
  const hash = createHash('sha256').update(`${String(found)}\n`);
  let count = 0;
  for (const row of db.prepare<[], HeaderRow>('SELECT * FROM headers ORDER BY number').iterate()) {
    count += 1;
    const { json, ...columns } = row;
    const sorted = Object.entries(JSON.parse(json) as object).toSorted(([a], [b]) => (a < b ? -1 : 1));
    hash.update(JSON.stringify([columns, sorted]));
  }
  db.close();
  return { count, hash: hash.digest('hex') };
}

/** The headers of a branch's file as lines of JSON, one row a line as it is inserted. */
export function writeRows(databasePath: string, rowsPath: string): void {
  const db = new Database(databasePath, { readonly: true });
  const rows = db.prepare<[], HeaderRow>(
    `SELECT number, id, branch_id AS branchId, service_id AS serviceId, state, holder_id AS holderId,
       turn_code AS turnCode, business_day AS businessDay, waiting_since AS waitingSince, closed_at AS closedAt,
       display_name AS displayName, document_last4 AS documentLast4, json FROM headers ORDER BY number`,
  );
  writeFileSync(
    rowsPath,
    rows
      .all()
      .map((row) => `${JSON.stringify(row)}\n`)
      .join(''),
  );
  db.close();
}
