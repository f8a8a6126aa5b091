import { sql } from 'kysely';
import type { CommandResult, StreamPosition } from '../../protocol/commands/agent-command.ts';
import { sealing, type Sealed } from './change-rows.ts';
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

/** What an earlier delivery of a command left. */
export async function readCommand(db: Reader, id: string): Promise<{ answer: CommandResult; bodyHash: Buffer } | null> {
  const row = await db.selectFrom('command').select(['answer', 'body_hash']).where('id', '=', id).executeTakeFirst();
  return row ? { answer: row.answer, bodyHash: row.body_hash } : null;
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

/** Keeps answers that changed nothing. Returns the ids of those that had none before. */
export async function insertCommands(db: Reader, commands: CommandRow[]): Promise<Set<string>> {
  const json = commands.map((command) => ({
    ...values(command),
    body_hash: command.bodyHash.toString('hex'),
    answer: command.answer,
  }));
  const { rows } = await sql<{ id: string }>`
    INSERT INTO command (id, author_id, device_id, session_id, body_hash, occurred_at, is_suspect, received_at, answer)
    SELECT id, author_id, device_id, session_id, decode(body_hash, 'hex'), occurred_at, is_suspect, received_at, answer
    FROM jsonb_to_recordset(${JSON.stringify(json)}::jsonb) AS c (
      id uuid, author_id uuid, device_id uuid, session_id uuid, body_hash text, occurred_at timestamptz, is_suspect boolean,
      received_at timestamptz, answer jsonb)
    ON CONFLICT (id) DO NOTHING RETURNING id`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** `sealWork` of a command: keeps its answer too, with where its changes stand. */
export async function sealCommand(tx: Writer, sealed: Sealed, command: CommandRow): Promise<StreamPosition[]> {
  const row = values(command);
  const { rows } = await sql<{ answer: { positions: StreamPosition[] } }>`
    WITH written AS (SELECT stream, seq FROM ${sealing(sealed)})
    INSERT INTO command (id, author_id, device_id, session_id, body_hash, occurred_at, is_suspect, received_at, answer)
    SELECT ${row.id}, ${row.author_id}, ${row.device_id}, ${row.session_id}, ${row.body_hash}, ${row.occurred_at}, ${row.is_suspect},
           ${row.received_at}, jsonb_set(${row.answer}::jsonb, '{positions}',
             coalesce((SELECT jsonb_agg(jsonb_build_object('stream', stream, 'seq', seq)) FROM written), '[]'::jsonb))
    RETURNING answer`.execute(tx);
  return rows[0]?.answer.positions ?? [];
}
