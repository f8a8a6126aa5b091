import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import type pg from 'pg';
import { HEADER_JSON, type HeaderFields } from '../../src/cache-file/header-row.ts';
import { bare } from './searches.ts';

/** How many headers there are, and one hash of all of them and of what a search in them finds. */
export interface BranchHash {
  count: number;
  hash: string;
}

/** What is searched for: the beginning of a word of a name, as the file's own search finds it. */
const SEARCHED = 'nanez';

/** The headers of a branch as PostgreSQL has them, by number, each its JSON: what every desk of it has to end with. */
export async function readRows(database: pg.Client, branchId: string): Promise<string[]> {
  const { rows } = await database.query<{ json: string }>(
    'SELECT header::text AS json FROM ticket WHERE branch_id = $1 ORDER BY number',
    [branchId],
  );
  return rows.map(({ json }) => json);
}

/** The hash that a file with exactly these rows has, by number. */
export function hashRows(rows: readonly string[]): BranchHash {
  const names = rows.map((json) => {
    const { displayName } = JSON.parse(json) as HeaderFields;
    return bare(displayName ?? '').match(/[\p{L}\p{N}]+/gu) ?? [];
  });
  return hashOf(rows, names.filter((words) => words.some((word) => word.startsWith(SEARCHED))).length);
}

export function hashBranch(path: string): BranchHash {
  const db = new Database(path, { readonly: true });
  const found = db.prepare('SELECT count(*) FROM headers_search WHERE headers_search MATCH ?').pluck();
  const rows = db.prepare<[], string>(`SELECT ${HEADER_JSON} FROM headers AS h ORDER BY number`).pluck();
  const result = hashOf(rows.iterate(), Number(found.get(`${SEARCHED}*`)));
  db.close();
  return result;
}

function hashOf(rows: Iterable<string>, found: number): BranchHash {
  const hash = createHash('sha256').update(`${found}\n`);
  let count = 0;
  for (const json of rows) {
    count += 1;
    const sorted = Object.entries(JSON.parse(json) as object).toSorted(([a], [b]) => (a < b ? -1 : 1));
    hash.update(JSON.stringify(sorted));
  }
  return { count, hash: hash.digest('hex') };
}

/** As lines of JSON, one header a line. */
export function writeRows(rows: readonly string[], path: string): void {
  writeFileSync(path, rows.map((json) => `${json}\n`).join(''));
}
