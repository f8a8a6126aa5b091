import { isConclusive, type Figure, type Goal } from './row.ts';
import { comparingTimeLeft } from './row-time.ts';
import { untilStopped } from './until-stopped.ts';

/** One side of a comparison of tails: does the same work many times and says what each cost, in ms. */
export type Samples = () => Promise<readonly number[]>;

export interface TailComparison {
  ours: number[];
  theirs: number[];
  /** The second side in two halves that alternate, for the control of each percentile. */
  halves: [number[], number[]];
}

const ROUNDS = 5;

/** The smallest value that at least `share` (0 to 1) of the values do not exceed: nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

/**
 * Pools the costs of two ways of doing the same work over ABBA rounds after one of warming up. Use it for tails: a p99 wants at
 * least 1,000 samples a side. A p99 whose control is out of range is measured once more with twice the rounds, where the time of
 * the row allows, then reported.
 */
export async function compareTails(
  ours: Samples,
  theirs: Samples,
  rounds: number = ROUNDS,
  timeLeft: () => number = comparingTimeLeft,
): Promise<TailComparison> {
  const startedAt = performance.now();
  const first = await pool(ours, theirs, rounds);
  const needed = 2 * (performance.now() - startedAt);
  return isConclusive(controlOf(first, 0.99)) || needed > timeLeft() ? first : pool(ours, theirs, rounds * 2);
}

/** A percentile of the comparison as a figure of a row. */
export function tail(name: string, share: number, comparison: TailComparison, goal: Goal | null): Figure {
  const ours = percentile(comparison.ours, share);
  const theirs = percentile(comparison.theirs, share);
  return {
    name: `${name}, p${share * 100} of ${comparison.ours.length}`,
    unit: 'ms',
    ours,
    theirs,
    ratio: ours / theirs,
    control: controlOf(comparison, share),
    goal,
  };
}

const controlOf = ({ halves: [one, other] }: TailComparison, share: number): number =>
  percentile(one, share) / percentile(other, share);

async function pool(ours: Samples, theirs: Samples, rounds: number): Promise<TailComparison> {
  await untilStopped(ours());
  await untilStopped(theirs());
  const result: TailComparison = { ours: [], theirs: [], halves: [[], []] };
  for (let round = 0; round < rounds; round += 1) {
    const first = await untilStopped(ours());
    const second = await untilStopped(theirs());
    const third = await untilStopped(theirs());
    const fourth = await untilStopped(ours());
    result.ours.push(...first, ...fourth);
    result.theirs.push(...second, ...third);
    const [one, other] = round % 2 === 0 ? result.halves : result.halves.toReversed();
    one?.push(...second);
    other?.push(...third);
  }
  return result;
}
