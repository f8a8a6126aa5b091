import { existsSync } from 'node:fs';
import Database, { type Database as Db } from 'better-sqlite3';
import type { Sealer } from './sealer.ts';

/** Rows of the outbox and of "No enviado" that were carried over from a damaged file, and those seen but not readable. */
export interface Salvage {
  recovered: number;
  lost: number;
}

type Row = Record<string, string | number | Buffer | null>;

/** The tables worth saving; `place` names where a sealed row belongs, as its repository does. */
const tables: { name: string; place: ((row: Row) => string) | null }[] = [
  { name: 'outbox', place: (row) => `outbox ${String(row['id'])}` },
  { name: 'refused', place: (row) => `refused ${String(row['id'])}` },
  { name: 'drafts', place: (row) => `draft ${String(row['agent_id'])} ${String(row['ticket_id'])}` },
  { name: 'secrets', place: (row) => `secret ${String(row['name'])}` },
  { name: 'number_blocks', place: null },
  { name: 'ledger', place: null },
];

/**
 * Carries into the new outbox file every row that can still be read and unsealed in the damaged one. A number block is
 * carried as wholly used: which of its numbers were given last is not certain any more.
 */
export function salvageOutbox(quarantined: string | null, target: Db, sealer: Sealer): Salvage {
  const salvage: Salvage = { recovered: 0, lost: 0 };
  const damaged = quarantined !== null && existsSync(quarantined) ? openDamaged(quarantined) : null;
  if (!damaged) return salvage;
  for (const { name, place } of tables) {
    const { rows, missing } = readableRows(damaged, name);
    const counts = name === 'outbox' || name === 'refused';
    if (counts) salvage.lost += missing;
    for (const row of rows) {
      const isWhole = place === null || canUnseal(sealer, place(row), row['sealed']);
      if (isWhole) insert(target, name, name === 'number_blocks' ? { ...row, used: Number.MAX_SAFE_INTEGER } : row);
      if (counts) salvage[isWhole ? 'recovered' : 'lost'] += 1;
    }
  }
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

function canUnseal(sealer: Sealer, place: string, sealed: unknown): boolean {
  try {
    sealer.unseal(place, sealed as Buffer);
    return true;
  } catch {
    return false;
  }
}

function insert(db: Db, table: string, row: Row): void {
  const columns = Object.keys(row);
  const values = columns.map((column) => `@${column}`);
  db.prepare(`INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${values.join(', ')})`).run(row);
}
