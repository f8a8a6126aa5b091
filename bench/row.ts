/** What is asked of a figure: of its ratio where something stands beside it, else of ours. */
export type Goal = { atMost: number } | { atLeast: number };

/** One measured figure of a row: ours, and what stands beside it, both in `unit`. */
export interface Figure {
  name: string;
  unit: string;
  ours: number;
  /** Null: a figure that stands alone. */
  theirs: number | null;
  /** Ours ÷ theirs. */
  ratio: number | null;
  /** The same code on both sides: how far noise alone moves the ratio. Null where the figure is a count, or taken once. */
  control: number | null;
  /** Null: only printed. */
  goal: Goal | null;
}

/** What a benchmark says: one work, its figures, and what was checked for right beside being measured. */
export interface Row {
  work: string;
  beside: string;
  figures: Figure[];
  gate: string;
}

/** What each file in `rows/` exports as `measure`. Peers are the slow half of some rows. */
export type Measure = (options: { peers: boolean }) => Promise<Row>;

const CONTROL_RANGE = { low: 0.92, high: 1.08 };

export const isConclusive = (control: number): boolean => control >= CONTROL_RANGE.low && control <= CONTROL_RANGE.high;

/** A figure measured once on each side, or counted: no control. */
export const figure = (
  name: string,
  unit: string,
  sides: { ours: number; theirs?: number },
  goal: Goal | null = null,
): Figure => ({
  name,
  unit,
  ours: sides.ours,
  theirs: sides.theirs ?? null,
  ratio: sides.theirs === undefined ? null : sides.ours / sides.theirs,
  control: null,
  goal,
});

/** `reached`, `NOT REACHED`, or that noise forbids to say; empty where nothing is asked. */
export function verdict({ ours, ratio, control, goal }: Figure): string {
  if (goal === null) return '';
  const value = ratio ?? ours;
  const isReached = 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
  const reach = isReached ? 'reached' : 'NOT REACHED';
  return control === null || isConclusive(control) ? reach : `inconclusive, ${reach}`;
}
