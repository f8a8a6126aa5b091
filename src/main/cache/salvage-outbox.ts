import { existsSync } from 'node:fs';
import Database, { type Database as Db } from 'better-sqlite3';
import { z } from 'zod';
import { StreamPosition } from '../../protocol/commands/agent-command.ts';
import { AgentId } from '../../protocol/ids.ts';
import { NumberBlock } from '../../protocol/number-block.ts';
import { draftPlace } from './drafts-repository.ts';
import { LedgerRow } from './ledger-repository.ts';
import { OutboxEntry, RefusedEntry } from './outbox-entry.ts';
import type { Sealer } from './sealer.ts';
import { writingPlace } from './writing-place.ts';

/** Rows of the outbox and of "No enviado" that were carried over from a damaged file, and those seen but not readable. */
export interface Salvage {
  recovered: number;
  lost: number;
}

type Row = Record<string, string | number | Buffer | null>;

/**
 * The tables worth saving. `read` throws for a row that is not as it was written; `place` of a sealed row is the one that its
 * repository names.
 */
const tables: { name: string; read: (row: Row, sealer: Sealer) => unknown }[] = [
  { name: 'outbox', read: (row, sealer) => OutboxEntry.parse(unseal(sealer, `outbox ${String(row['id'])}`, row)) },
  { name: 'refused', read: (row, sealer) => RefusedEntry.parse(unseal(sealer, `refused ${String(row['id'])}`, row)) },
  {
    name: 'writings',
    read: (row, sealer) =>
      unseal(sealer, writingPlace(String(row['agent_id']), String(row['ticket_id']), String(row['kind'])), row),
  },
  {
    name: 'drafts',
    read: (row, sealer) => unseal(sealer, draftPlace(String(row['agent_id']), String(row['ticket_id'])), row),
  },
  { name: 'secrets', read: (row, sealer) => unseal(sealer, `secret ${String(row['name'])}`, row) },
  { name: 'number_blocks', read: (row) => NumberBlock.parse(JSON.parse(String(row['json']))) },
  { name: 'ledger', read: (row) => LedgerColumns.parse(row) },
];

const LedgerColumns = z.looseObject({ agent_id: AgentId, kind: LedgerRow.shape.kind, cause: LedgerRow.shape.cause });
const Positions = z.array(StreamPosition);

/** Whether every row is as it was written: a changed byte inside of one is nothing that SQLite could see. */
export function isOutboxWhole(db: Db, sealer: Sealer): boolean {
  try {
    return tables.every(({ name, read }) => {
      for (const row of db.prepare<[], Row>(`SELECT * FROM ${name}`).iterate()) {
        read(row, sealer);
        if (name === 'outbox' && readPositions(row) !== row['positions']) return false;
      }
      return true;
    });
  } catch {
    return false;
  }
}

/** What the server answered; null, which sends the row again to the same answer, where it cannot be read any more. */
function readPositions(row: Row): string | null {
  const positions = row['positions'];
  try {
    return typeof positions === 'string' && Positions.parse(JSON.parse(positions)) ? positions : null;
  } catch {
    return null;
  }
}

/**
 * Carries into the new outbox file every row that can still be read and unsealed in the damaged one. A number block is
 * carried as wholly used: which of its numbers were given last is not certain any more.
 */
export function salvageOutbox(quarantined: string | null, target: Db, sealer: Sealer): Salvage {
  const salvage: Salvage = { recovered: 0, lost: 0 };
  const damaged = quarantined !== null && existsSync(quarantined) ? openDamaged(quarantined) : null;
  if (!damaged) return salvage;
  target.transaction(() => {
    for (const { name, read } of tables) {
      const { rows, missing } = readableRows(damaged, name);
      const counts = name === 'outbox' || name === 'refused';
      if (counts) salvage.lost += missing;
      for (const row of rows) {
        const isCarried = carry(target, name, row, () => read(row, sealer));
        if (counts) salvage[isCarried ? 'recovered' : 'lost'] += 1;
      }
    }
  })();
  damaged.close();
  return salvage;
}

function openDamaged(path: string): Db | null {
  try {
    return new Database(path);
  } catch {
    return null;
  }
}

/** Read from both ends, because a damaged page stops the reading; `missing` counts the row numbers between the two stops. */
function readableRows(db: Db, table: string): { rows: Row[]; missing: number } {
  const found = new Map<number, Row>();
  const read = (order: 'ASC' | 'DESC'): number | null => {
    let last: number | null = null;
    try {
      const statement = db.prepare<[], Row>(`SELECT rowid AS rowNumber, * FROM ${table} ORDER BY rowid ${order}`);
      for (const { rowNumber, ...row } of statement.iterate()) {
        last = Number(rowNumber);
        found.set(last, row);
      }
      return null;
    } catch {
      return last;
    }
  };
  const stoppedAfter = read('ASC');
  const stoppedBefore = stoppedAfter === null ? null : read('DESC');
  const missing = stoppedAfter !== null && stoppedBefore !== null ? stoppedBefore - stoppedAfter - 1 : 0;
  return { rows: [...found.entries()].toSorted(([a], [b]) => a - b).map(([, row]) => row), missing };
}

/** False for a row that is not as it was written, and for one that the new file does not take. */
function carry(target: Db, name: string, row: Row, read: () => unknown): boolean {
  try {
    read();
    if (name === 'number_blocks') insert(target, name, { ...row, used: Number.MAX_SAFE_INTEGER });
    else insert(target, name, name === 'outbox' ? { ...row, positions: readPositions(row) } : row);
    return true;
  } catch {
    return false;
  }
}

function unseal(sealer: Sealer, place: string, row: Row): unknown {
  return sealer.unseal(place, row['sealed'] as Buffer);
}

function insert(db: Db, table: string, row: Row): void {
  const columns = Object.keys(row);
  const values = columns.map((column) => `@${column}`);
  db.prepare(`INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${values.join(', ')})`).run(row);
}
