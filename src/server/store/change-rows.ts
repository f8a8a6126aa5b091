import { sql } from 'kysely';
import type { Change, ChangeBody } from '../../protocol/change.ts';
import type { StreamPosition } from '../../protocol/commands/agent-command.ts';
import type { Reader, Writer } from './database.ts';
import type { EventRow } from './event-rows.ts';

/** A change on its way into a stream. `rank` orders the locking of the counters (`stream-rank.ts`). */
export interface ChangeEntry {
  stream: string;
  rank: number;
  body: ChangeBody;
}

/** What a transaction writes in the end. */
export interface Sealed {
  events: EventRow[];
  /** Branches whose lines are to be looked at. */
  looks: string[];
  now: number;
  entries: ChangeEntry[];
}

/**
 * Writes the lines of timelines and the wishes for a look, numbers the changes and writes them. Nothing may follow but COMMIT: it
 * holds the counters of the streams.
 */
export async function sealWork(tx: Writer, sealed: Sealed): Promise<StreamPosition[]> {
  const { events, looks, entries } = sealed;
  if (events.length === 0 && looks.length === 0 && entries.length === 0) return [];
  const { rows } = await sql<StreamPosition>`SELECT stream, seq FROM ${sealing(sealed)}`.execute(tx);
  return rows;
}

export const sealing = ({ events, looks, now, entries }: Sealed) =>
  sql`seal_work(${JSON.stringify(events)}::jsonb, ${looks}::uuid[], ${new Date(now)}::timestamptz, ${JSON.stringify(entries)}::jsonb)`;

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
