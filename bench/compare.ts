import { isConclusive, type Figure, type Goal } from './row.ts';
import { comparingTimeLeft } from './row-time.ts';
import { untilStopped } from './until-stopped.ts';

/** One side of a comparison: does the same work once and says what it cost, in ms or another unit. */
export type Sample = () => Promise<number>;

export interface Comparison {
  /** Median of the pair ratios, ours ÷ theirs. */
  ratio: number;
  ours: number;
  theirs: number;
  /** The same code on both sides: how far noise alone moves a ratio. */
  control: number;
  pairs: number;
}

const PAIRS = 15;
const WARM_UPS = 2;

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
};

/**
 * Compares two ways of doing the same work on a noisy machine: ABBA pairs after warming up, the median of the pair ratios,
 * and an A/A control of the second side in the same run. A control out of range makes the run inconclusive: it is repeated
 * once with twice the pairs, where the time of the row allows, and then reported as it is. Fewer `pairs` are for work that takes
 * long by itself.
 */
export async function compare(
  ours: Sample,
  theirs: Sample,
  pairs: number = PAIRS,
  timeLeft: () => number = comparingTimeLeft,
): Promise<Comparison> {
  const startedAt = performance.now();
  const first = await once(ours, theirs, pairs);
  const needed = 2 * (performance.now() - startedAt);
  return isConclusive(first.control) || needed > timeLeft() ? first : once(ours, theirs, pairs * 2);
}

/** The comparison as a figure of a row. */
export const compared = (name: string, unit: string, comparison: Comparison, goal: Goal | null): Figure => ({
  name: `${name}, median of ${comparison.pairs} pairs`,
  unit,
  ours: comparison.ours,
  theirs: comparison.theirs,
  ratio: comparison.ratio,
  control: comparison.control,
  goal,
});

async function once(ours: Sample, theirs: Sample, pairs: number): Promise<Comparison> {
  for (let round = 0; round < WARM_UPS; round += 1) {
    await untilStopped(ours());
    await untilStopped(theirs());
  }
  const ratios: number[] = [];
  const controls: number[] = [];
  const oursAll: number[] = [];
  const theirsAll: number[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const a = await untilStopped(ours());
    const b = await untilStopped(theirs());
    const again = await untilStopped(theirs());
    const last = await untilStopped(ours());
    ratios.push((a + last) / (b + again));
    controls.push(pair % 2 === 0 ? b / again : again / b);
    oursAll.push(a, last);
    theirsAll.push(b, again);
  }
  return {
    ratio: median(ratios),
    ours: median(oursAll),
    theirs: median(theirsAll),
    control: median(controls),
    pairs,
  };
}
