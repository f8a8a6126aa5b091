/** One side of a comparison: does the same work once and says how long it took, in ms. */
export type Sample = () => Promise<number>;

export interface Comparison {
  /** Median of the pair ratios, ours ÷ theirs. */
  ratio: number;
  oursMs: number;
  theirsMs: number;
  /** The same code on both sides: how far noise alone moves a ratio. */
  control: number;
  isConclusive: boolean;
  pairs: number;
}

const CONTROL_RANGE = { low: 0.92, high: 1.08 };
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
 * once with twice the pairs and then reported as it is.
 */
export async function compare(ours: Sample, theirs: Sample): Promise<Comparison> {
  const first = await once(ours, theirs, PAIRS);
  return first.isConclusive ? first : once(ours, theirs, PAIRS * 2);
}

async function once(ours: Sample, theirs: Sample, pairs: number): Promise<Comparison> {
  for (let round = 0; round < WARM_UPS; round += 1) {
    await ours();
    await theirs();
  }
  const ratios: number[] = [];
  const controls: number[] = [];
  const oursAll: number[] = [];
  const theirsAll: number[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const a = await ours();
    const b = await theirs();
    const again = await theirs();
    const last = await ours();
    ratios.push((a + last) / (b + again));
    controls.push(pair % 2 === 0 ? b / again : again / b);
    oursAll.push(a, last);
    theirsAll.push(b, again);
  }
  const control = median(controls);
  return {
    ratio: median(ratios),
    oursMs: median(oursAll),
    theirsMs: median(theirsAll),
    control,
    isConclusive: control >= CONTROL_RANGE.low && control <= CONTROL_RANGE.high,
    pairs,
  };
}
