import { sql } from 'kysely';
import type { CommandResult, StreamPosition } from '../../protocol/commands/agent-command.ts';
import type { ChangeEntry } from './change-rows.ts';
import type { Reader, Writer } from './database.ts';

/** A command and the answer that every redelivery of it gets. */
export interface CommandRow {
  id: string;
  authorId: string;
  deviceId: string;
  sessionId: string;
  bodyHash: Buffer;
  occurredAt: number;
  isSuspect: boolean;
  receivedAt: number;
  answer: CommandResult;
}

/** Waits for a delivery of the same command that is under way, then gives what it left. */
export async function lockCommand(tx: Writer, id: string): Promise<{ answer: CommandResult; bodyHash: Buffer } | null> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${id}, 0))`.execute(tx);
  const row = await tx.selectFrom('command').select(['answer', 'body_hash']).where('id', '=', id).executeTakeFirst();
  return row ? { answer: row.answer, bodyHash: row.body_hash } : null;
}

/** The same of several, whose ids are in the order in which every delivery of them locks. */
export async function lockCommands(
  tx: Writer,
  ids: readonly string[],
): Promise<Map<string, { answer: CommandResult; bodyHash: Buffer }>> {
  await sql`
    SELECT pg_advisory_xact_lock(hashtextextended(id, 0))
    FROM (SELECT id FROM unnest(${ids}::text[]) AS id ORDER BY id) AS ordered`.execute(tx);
  const rows = await tx.selectFrom('command').select(['id', 'answer', 'body_hash']).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, { answer: row.answer, bodyHash: row.body_hash }]));
}

/** When the latest act of this agent in this session happened that the server accepted; null before the first. */
export async function readPreviousActAt(
  db: Reader,
  { authorId, sessionId }: { authorId: string; sessionId: string },
): Promise<number | null> {
  const row = await db
    .selectFrom('command')
    .select((expression) => expression.fn.max('occurred_at').as('at'))
    .where('author_id', '=', authorId)
    .where('session_id', '=', sessionId)
    .executeTakeFirst();
  return row?.at?.getTime() ?? null;
}

const values = (command: CommandRow) => ({
  id: command.id,
  author_id: command.authorId,
  device_id: command.deviceId,
  session_id: command.sessionId,
  body_hash: command.bodyHash,
  occurred_at: new Date(command.occurredAt),
  is_suspect: command.isSuspect,
  received_at: new Date(command.receivedAt),
  answer: JSON.stringify(command.answer),
});

/** Keeps an answer that changed nothing. */
export async function insertCommand(tx: Writer, command: CommandRow): Promise<void> {
  await tx.insertInto('command').values(values(command)).execute();
}

/**
 * Writes the changes of a command and keeps its answer, with where the changes stand, in one statement: nothing may follow
 * but COMMIT, for it holds the counters of the streams.
 */
export async function writeChangesAndAnswer(
  tx: Writer,
  entries: ChangeEntry[],
  command: CommandRow,
): Promise<StreamPosition[]> {
  const row = values(command);
  const { rows } = await sql<{ answer: { positions: StreamPosition[] } }>`
    WITH written AS (SELECT stream, seq FROM write_changes(${JSON.stringify(entries)}::jsonb))
    INSERT INTO command (id, author_id, device_id, session_id, body_hash, occurred_at, is_suspect, received_at, answer)
    SELECT ${row.id}, ${row.author_id}, ${row.device_id}, ${row.session_id}, ${row.body_hash}, ${row.occurred_at}, ${row.is_suspect},
           ${row.received_at}, jsonb_set(${row.answer}::jsonb, '{positions}',
             coalesce((SELECT jsonb_agg(jsonb_build_object('stream', stream, 'seq', seq)) FROM written), '[]'::jsonb))
    RETURNING answer`.execute(tx);
  return rows[0]?.answer.positions ?? [];
}

/**
 * The same of several commands, in their order. `until`: how many of the entries were said when the command was done, those of
 * the commands before it included.
 */
export async function writeChangesAndAnswers(
  tx: Writer,
  entries: readonly ChangeEntry[],
  commands: readonly { row: CommandRow; until: number }[],
): Promise<CommandResult[]> {
  const totals = new Map<string, number>();
  let from = 0;
  const placed = commands.map(({ row, until }) => {
    const last = new Map<string, number>();
    for (const { stream } of entries.slice(from, until)) {
      const place = (totals.get(stream) ?? 0) + 1;
      totals.set(stream, place);
      last.set(stream, place);
    }
    from = until;
    return { ...values(row), body_hash: row.bodyHash.toString('hex'), answer: row.answer, places: last };
  });
  // Where a change stands is known from the end: the function tells the last place of each stream.
  const records = placed.map(({ places, ...row }) => ({
    ...row,
    places: [...places].map(([stream, place]) => ({ stream, back: (totals.get(stream) ?? 0) - place })),
  }));
  const { rows } = await sql<{ id: string; answer: CommandResult }>`
    WITH written AS MATERIALIZED (SELECT stream, seq FROM write_changes(${JSON.stringify(entries)}::jsonb))
    INSERT INTO command (id, author_id, device_id, session_id, body_hash, occurred_at, is_suspect, received_at, answer)
    SELECT made.id, author_id, device_id, session_id, decode(body_hash, 'hex'), occurred_at, is_suspect, received_at,
           jsonb_set(answer, '{positions}', coalesce(
             (SELECT jsonb_agg(jsonb_build_object('stream', place.stream, 'seq', written.seq - place.back))
              FROM jsonb_to_recordset(places) AS place (stream text, back bigint) JOIN written USING (stream)), '[]'))
    FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb) AS made
      (id uuid, author_id uuid, device_id uuid, session_id uuid, body_hash text, occurred_at timestamptz, is_suspect boolean,
       received_at timestamptz, answer jsonb, places jsonb)
    RETURNING id, answer`.execute(tx);
  const answers = new Map(rows.map(({ id, answer }) => [id, answer]));
  return commands.map(({ row }) => answers.get(row.id) ?? row.answer);
}
