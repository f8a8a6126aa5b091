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

/** A row as it stands in the file; `positions` null until the server has answered. */
interface Held {
  entry: OutboxEntry;
  positions: readonly StreamPosition[] | null;
}

type HasPassed = (position: StreamPosition) => boolean;

/** Commands wait here, oldest first, until the server has answered and the desk has what they changed. */
export function outboxRepository(db: Database, sealer: Sealer) {
  const insert = db.prepare<[string, Buffer]>('INSERT INTO outbox (id, sealed) VALUES (?, ?)');
  const all = db.prepare<[], Row>('SELECT id, sealed, positions FROM outbox ORDER BY position');
  const setPositions = db.prepare<[string, string]>('UPDATE outbox SET positions = ? WHERE id = ?');
  const remove = db.prepare<[string]>('DELETE FROM outbox WHERE id = ?');
  const insertRefused = db.prepare<[string, Buffer]>('INSERT INTO refused (id, sealed) VALUES (?, ?)');
  const allRefused = db.prepare<[], Pick<Row, 'id' | 'sealed'>>('SELECT id, sealed FROM refused ORDER BY position');
  const oneRefused = db.prepare<[string], Pick<Row, 'id' | 'sealed'>>('SELECT id, sealed FROM refused WHERE id = ?');
  const removeRefused = db.prepare<[string]>('DELETE FROM refused WHERE id = ?');

  const count = db.prepare('SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM refused)').pluck();

  const open = ({ id, sealed, positions }: Row): Held => ({
    entry: OutboxEntry.parse(sealer.unseal(`outbox ${id}`, sealed)),
    positions: positions === null ? null : Positions.parse(JSON.parse(positions)),
  });
  const openRefused = ({ id, sealed }: Pick<Row, 'id' | 'sealed'>): RefusedEntry =>
    RefusedEntry.parse(sealer.unseal(`refused ${id}`, sealed));
  // What the file holds, oldest first: unsealing every row for every look would cost more than the look.
  let opened: Map<string, Held> | null = null;
  let openedRefused: readonly RefusedEntry[] | null = null;
  const held = (): Map<string, Held> => (opened ??= new Map(all.all().map((row) => [row.id, open(row)])));

  /** A change of the file in one transaction. One that fails leaves the file as it was, and it is read anew. */
  const changing = <Input extends unknown[], Output>(change: (...input: Input) => Output) => {
    const transaction = db.transaction(change);
    return (...input: Input): Output => {
      held();
      try {
        return transaction(...input);
      } catch (error) {
        opened = null;
        openedRefused = null;
        throw error;
      }
    };
  };

  const insertEntry = (entry: OutboxEntry): void => {
    const { id } = entry.pending.command;
    insert.run(id, sealer.seal(`outbox ${id}`, entry));
    held().set(id, { entry, positions: null });
  };
  const removeEntry = (id: string): void => {
    remove.run(id);
    held().delete(id);
  };
  const removeOwnRefused = (authorId: AgentId, ids: readonly CommandId[]): boolean => {
    const own = ids.filter((id) => refusedOf(authorId, id) !== null);
    for (const id of own) removeRefused.run(id);
    openedRefused = null;
    return own.length > 0;
  };

  /** What the desk did by itself is not the agent's to send again. */
  const refuse = (id: string, entry: OutboxEntry, error: RefusedEntry['error']): void => {
    removeEntry(id);
    if (entry.act !== null) insertRefused.run(id, sealer.seal(`refused ${id}`, { ...entry, error }));
    openedRefused = null;
  };
  const take = (result: CommandResult, entry: OutboxEntry, hasPassed: HasPassed): void => {
    const { id } = result;
    if (result.status === 'refused') refuse(id, entry, result.error);
    else if (result.positions.every(hasPassed)) removeEntry(id);
    else {
      setPositions.run(JSON.stringify(result.positions), id);
      held().set(id, { entry, positions: result.positions });
    }
  };
  const refusedOf = (authorId: AgentId, id: CommandId): RefusedEntry | null => {
    const row = oneRefused.get(id);
    const entry = row ? openRefused(row) : null;
    return entry?.pending.command.authorId === authorId ? entry : null;
  };
  const removeLost = (id: string): void => {
    if (removeRefused.run(id).changes > 0) openedRefused = null;
  };
  const removeAll = changing((ids: readonly string[]): void => {
    for (const id of ids) removeEntry(id);
  });

  return {
    /** Rows that wait here, and those in "No enviado". */
    count: (): number => Number(count.get()),
    /** `replaced`: refused rows of the same author that this one stands for; they go with the commit that keeps it. */
    add: changing((entry: OutboxEntry, replaced: readonly CommandId[] = []): void => {
      insertEntry(entry);
      if (replaced.length > 0) removeOwnRefused(entry.pending.command.authorId, replaced);
    }),
    /** Every row that the screen must still apply, in order: unanswered ones and those whose changes have not come. */
    entries: (): readonly OutboxEntry[] => [...held().values()].map(({ entry }) => entry),
    /** Up to `limit` rows that the server has not answered, oldest first. */
    unanswered: (limit: number): OutboxEntry[] => {
      const found: OutboxEntry[] = [];
      for (const { entry, positions } of held().values()) {
        if (found.length === limit) break;
        if (positions === null) found.push(entry);
      }
      return found;
    },
    /**
     * Takes the server's answers in one transaction: a row whose changes have come already goes at once. Gives the rows whose
     * attention had been freed meanwhile.
     */
    answer: changing((results: readonly CommandResult[], hasPassed: HasPassed): OutboxEntry[] =>
      results.flatMap((result) => {
        const entry = held().get(result.id)?.entry;
        if (!entry) {
          // It was answered before; or given up for lost, and has come through after all.
          const row = result.status === 'refused' ? undefined : oneRefused.get(result.id);
          if (row && openRefused(row).error.code === 'UNKNOWN_OUTCOME') removeLost(result.id);
          return [];
        }
        take(result, entry, hasPassed);
        return result.status === 'superseded' ? [entry] : [];
      }),
    ),
    /** Removes the rows for which `hasPassed` holds of every position; gives their ids. */
    settle: (hasPassed: HasPassed): string[] => {
      const done = [...held()].flatMap(([id, { positions }]) => (positions?.every(hasPassed) ? [id] : []));
      if (done.length > 0) removeAll(done);
      return done;
    },
    refused: (): readonly RefusedEntry[] => (openedRefused ??= allRefused.all().map(openRefused)),
    /** Removes refused rows of this agent's; false when none of them was there. */
    discard: changing(removeOwnRefused),
    /** What is not to wait for the line and has no answer yet goes to what was refused. Whether there was any. */
    giveUp: changing((isLost: (entry: OutboxEntry) => boolean, error: RefusedEntry['error']): boolean => {
      const lost = [...held()].filter(([, { entry, positions }]) => positions === null && isLost(entry));
      for (const [id, { entry }] of lost) refuse(id, entry, error);
      return lost.length > 0;
    }),
    /** Removes refused rows that the server has after all. */
    forgetArrived: (hasArrived: (entry: RefusedEntry) => boolean): boolean => {
      const arrived = (openedRefused ??= allRefused.all().map(openRefused)).filter(hasArrived);
      for (const { pending } of arrived) removeLost(pending.command.id);
      return arrived.length > 0;
    },
    /**
     * A refused row of this agent's goes to the end of the queue, under a new id: the server remembers its answer to the old one.
     * One that was given up for lost keeps its own, since the server may have done it.
     */
    retry: changing((authorId: AgentId, id: CommandId, newId: CommandId): boolean => {
      const entry = refusedOf(authorId, id);
      if (!entry) return false;
      const { pending, act, subject, error } = entry;
      removeRefused.run(id);
      openedRefused = null;
      const nextId = error.code === 'UNKNOWN_OUTCOME' ? id : newId;
      insertEntry({ pending: { ...pending, command: { ...pending.command, id: nextId } }, act, subject });
      return true;
    }),
  };
}

export type OutboxRepository = ReturnType<typeof outboxRepository>;
