import type { Comparison } from './compare.ts';

/** What a benchmark says: one line of the table. */
export interface Row {
  work: string;
  floor: string;
  /** Ours ÷ floor that we mean to stay under; null where none has been set. */
  goal: number | null;
  comparison: Comparison;
  /** What was checked for right, beside being timed. */
  gate: string;
}
