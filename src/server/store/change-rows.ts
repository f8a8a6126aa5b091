import { sql } from 'kysely';
import type { Change, ChangeBody } from '../../protocol/change.ts';
import type { StreamPosition } from '../../protocol/commands/agent-command.ts';
import type { Reader, Writer } from './database.ts';

/** A change on its way into a stream. `rank` orders the locking of the counters (`stream-rank.ts`). */
export interface ChangeEntry {
  stream: string;
  rank: number;
  body: ChangeBody;
}

/** Numbers the changes and writes them. Nothing may follow but COMMIT: it holds the counters of the streams. */
export async function writeChanges(tx: Writer, entries: ChangeEntry[]): Promise<StreamPosition[]> {
  if (entries.length === 0) return [];
  const { rows } = await sql<StreamPosition>`
    SELECT stream, seq FROM write_changes(${JSON.stringify(entries)}::jsonb)`.execute(tx);
  return rows;
}

/** What came after each cursor, in order, at most `limit` changes of each stream. A stream without any is absent. */
export async function readChanges(
  db: Reader,
  cursors: [stream: string, seq: number][],
  limit: number,
): Promise<Map<string, Change[]>> {
  const names = cursors.map(([stream]) => stream);
  const seqs = cursors.map(([, seq]) => seq);
  const { rows } = await sql<{ stream: string; seq: number; body: ChangeBody }>`
    SELECT found.stream, found.seq, found.body
    FROM unnest(${names}::text[], ${seqs}::bigint[]) AS wanted (stream, seq)
    CROSS JOIN LATERAL (
      SELECT change.stream, change.seq, change.body FROM change
      WHERE change.stream = wanted.stream AND change.seq > wanted.seq
      ORDER BY change.seq LIMIT ${limit}
    ) AS found
    ORDER BY found.stream, found.seq`.execute(db);
  const found = new Map<string, Change[]>();
  for (const { stream, seq, body } of rows) {
    const changes = found.get(stream);
    if (changes) changes.push({ seq, body });
    else found.set(stream, [{ seq, body }]);
  }
  return found;
}
