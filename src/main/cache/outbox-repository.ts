import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { StreamPosition, type CommandResult } from '../../protocol/commands/agent-command.ts';
import type { AgentId, CommandId } from '../../protocol/ids.ts';
import { OutboxEntry, RefusedEntry } from './outbox-entry.ts';
import type { Sealer } from './sealer.ts';

const Positions = z.array(StreamPosition);

interface Row {
  id: string;
  sealed: Buffer;
  positions: string | null;
}

/** Commands wait here, oldest first, until the server has answered and the desk has what they changed. */
export function outboxRepository(db: Database, sealer: Sealer) {
  const insert = db.prepare<[string, Buffer]>('INSERT INTO outbox (id, sealed) VALUES (?, ?)');
  const all = db.prepare<[], Row>('SELECT id, sealed, positions FROM outbox ORDER BY position');
  const unanswered = db.prepare<[number], Row>(
    'SELECT id, sealed, positions FROM outbox WHERE positions IS NULL ORDER BY position LIMIT ?',
  );
  const answered = db.prepare<[], Row>('SELECT id, sealed, positions FROM outbox WHERE positions IS NOT NULL');
  const setPositions = db.prepare<[string, string]>('UPDATE outbox SET positions = ? WHERE id = ?');
  const one = db.prepare<[string], Row>('SELECT id, sealed, positions FROM outbox WHERE id = ?');
  const remove = db.prepare<[string]>('DELETE FROM outbox WHERE id = ?');
  const insertRefused = db.prepare<[string, Buffer]>('INSERT INTO refused (id, sealed) VALUES (?, ?)');
  const allRefused = db.prepare<[], Pick<Row, 'id' | 'sealed'>>('SELECT id, sealed FROM refused ORDER BY position');
  const oneRefused = db.prepare<[string], Pick<Row, 'id' | 'sealed'>>('SELECT id, sealed FROM refused WHERE id = ?');
  const removeRefused = db.prepare<[string]>('DELETE FROM refused WHERE id = ?');

  const count = db.prepare('SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM refused)').pluck();

  const open = ({ id, sealed }: Pick<Row, 'id' | 'sealed'>): OutboxEntry =>
    OutboxEntry.parse(sealer.unseal(`outbox ${id}`, sealed));
  const openRefused = ({ id, sealed }: Pick<Row, 'id' | 'sealed'>): RefusedEntry =>
    RefusedEntry.parse(sealer.unseal(`refused ${id}`, sealed));
  // Unsealing every row for every look would cost more than the look.
  let opened: readonly OutboxEntry[] | null = null;
  let openedRefused: readonly RefusedEntry[] | null = null;
  const add = (entry: OutboxEntry): void => {
    const { id } = entry.pending.command;
    insert.run(id, sealer.seal(`outbox ${id}`, entry));
    opened = null;
  };
  const addInPlaceOf = db.transaction((entry: OutboxEntry, replaced: readonly CommandId[]): void => {
    add(entry);
    discard(entry.pending.command.authorId, replaced);
  });

  /** A row that is no longer there was answered before. What the desk did by itself is not the agent's to send again. */
  const refuse = ({ id }: Row, entry: OutboxEntry, error: RefusedEntry['error']): void => {
    remove.run(id);
    if (entry.act !== null) insertRefused.run(id, sealer.seal(`refused ${id}`, { ...entry, error }));
  };
  const answer = db.transaction((results: readonly CommandResult[]): OutboxEntry[] => {
    opened = null;
    openedRefused = null;
    return results.flatMap((result) => {
      const row = one.get(result.id);
      if (!row) return [];
      const entry = open(row);
      if (result.status === 'refused') refuse(row, entry, result.error);
      else setPositions.run(JSON.stringify(result.positions), row.id);
      return result.status === 'superseded' ? [entry] : [];
    });
  });
  const refusedOf = (authorId: AgentId, id: CommandId): RefusedEntry | null => {
    const row = oneRefused.get(id);
    const entry = row ? openRefused(row) : null;
    return entry?.pending.command.authorId === authorId ? entry : null;
  };
  const discard = db.transaction((authorId: AgentId, ids: readonly CommandId[]): boolean => {
    const own = ids.filter((id) => refusedOf(authorId, id) !== null);
    for (const id of own) removeRefused.run(id);
    openedRefused = null;
    return own.length > 0;
  });
  const retry = db.transaction((authorId: AgentId, id: CommandId, newId: CommandId): boolean => {
    const entry = refusedOf(authorId, id);
    if (!entry) return false;
    const { pending, act, subject } = entry;
    removeRefused.run(id);
    openedRefused = null;
    add({ pending: { ...pending, command: { ...pending.command, id: newId } }, act, subject });
    return true;
  });
  const removeAll = db.transaction((rows: readonly Row[]): void => {
    for (const row of rows) remove.run(row.id);
  });

  return {
    /** Rows that wait here, and those in "No enviado". */
    count: (): number => Number(count.get()),
    /** `replaced`: refused rows of the same author that this one stands for; they go with the commit that keeps it. */
    add: (entry: OutboxEntry, replaced: readonly CommandId[] = []): void => addInPlaceOf(entry, replaced),
    /** Every row that the screen must still apply, in order: unanswered ones and those whose changes have not come. */
    entries: (): readonly OutboxEntry[] => (opened ??= all.all().map(open)),
    /** Up to `limit` rows that the server has not answered, oldest first. */
    unanswered: (limit: number): OutboxEntry[] => unanswered.all(limit).map(open),
    /** Takes the server's answers in one transaction; gives the rows whose attention had been freed meanwhile. */
    answer: (results: readonly CommandResult[]): OutboxEntry[] => answer(results),
    /** Removes the rows for which `hasPassed` holds of every position; gives their ids. */
    settle: (hasPassed: (position: StreamPosition) => boolean): string[] => {
      const done = answered.all().filter((row) => Positions.parse(JSON.parse(row.positions ?? '[]')).every(hasPassed));
      if (done.length > 0) removeAll(done);
      if (done.length > 0) opened = null;
      return done.map((row) => row.id);
    },
    refused: (): readonly RefusedEntry[] => (openedRefused ??= allRefused.all().map(openRefused)),
    /** Removes refused rows of this agent's; false when none of them was there. */
    discard: (authorId: AgentId, ids: readonly CommandId[]): boolean => discard(authorId, ids),
    /** A refused row of this agent's goes to the end of the queue under a new id: the server remembers its answer to the old one. */
    retry: (authorId: AgentId, id: CommandId, newId: CommandId): boolean => retry(authorId, id, newId),
  };
}

export type OutboxRepository = ReturnType<typeof outboxRepository>;
