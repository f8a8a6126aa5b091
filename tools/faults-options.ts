import { parseArgs } from 'node:util';

export interface FaultsOptions {
  /** Runs; with `minutes` at least so many. */
  times: number;
  /** Runs are begun until so many minutes have passed. */
  minutes: number;
  /** Of the first run; each next one takes the number after it. Null: by chance. */
  seed: number | null;
}

/** @throws Error of one line for an argument that is none or has a wrong value */
export function readFaultsOptions(args: string[]): FaultsOptions {
  const { values } = parseArgs({
    args,
    options: { minutes: { type: 'string' }, times: { type: 'string' }, seed: { type: 'string' } },
  });
  const number = (name: keyof typeof values, low: number): number | null => {
    const value = values[name];
    if (value === undefined) return null;
    if (!/^\d{1,9}$/.test(value) || Number(value) < low) {
      throw new Error(`--${name} ${value} is not a whole number from ${low} on`);
    }
    return Number(value);
  };
  return { minutes: number('minutes', 1) ?? 0, times: number('times', 1) ?? 1, seed: number('seed', 0) };
}
