import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { z } from 'zod';

export interface RowReader {
  /** The object in a row's `json`; null for one that is none of this form: it goes, and its stream starts over, once. */
  read: <Schema extends z.ZodType>(schema: Schema, row: StoredRow) => z.infer<Schema> | null;
  /** How many rows went so far. */
  setApart: () => number;
}

export interface StoredRow {
  json: string;
  /** Names the row in its table. */
  rowid: number;
  /** The stream that brought it. */
  stream: string;
}

/**
 * Reads rows of a table of the cache. One that cannot be read is set apart (trust B95): it counts as absent, the rest goes on,
 * and the server sends its stream anew. What comes again just as it was is none that asking again would mend.
 */
export function rowReader(db: Database, table: 'headers' | 'office' | 'presences' | 'statuses'): RowReader {
  const remove = db.prepare<[number]>(`DELETE FROM ${table} WHERE rowid = ?`);
  const file = table === 'headers' || table === 'presences' ? 'branch' : 'main';
  const startOver = db.prepare<[string]>(`DELETE FROM ${file}.cursors WHERE stream = ?`);
  const unindex = table === 'headers' ? db.prepare<[number]>('DELETE FROM headers_search WHERE rowid = ?') : null;
  /** Hashes of what was fetched anew. */
  const known = new Set<string>();
  const drop = db.transaction(({ json, rowid, stream }: StoredRow): void => {
    unindex?.run(rowid);
    remove.run(rowid);
    const hash = createHash('sha256').update(stream).update(json).digest('base64');
    if (known.has(hash)) return;
    known.add(hash);
    startOver.run(stream);
  });
  let gone = 0;
  return {
    read: (schema, row) => {
      const parsed = schema.safeParse(jsonOf(row.json));
      if (parsed.success) return parsed.data;
      drop(row);
      gone += 1;
      return null;
    },
    setApart: () => gone,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
