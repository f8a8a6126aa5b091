import { parseArgs } from 'node:util';

export interface FaultsOptions {
  /** Runs of all faults, at length. */
  times: number;
  /** Of the soak, behind them; 0: none. */
  minutes: number;
  /** Of the first run; each next one takes the number after it. Null: by chance. */
  seed: number | null;
}

/**
 * All faults once, unless something is asked for.
 * @throws Error of one line for an argument that is none or has a wrong value
 */
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
  const minutes = number('minutes', 1) ?? 0;
  return { minutes, times: number('times', 1) ?? (minutes > 0 ? 0 : 1), seed: number('seed', 0) };
}
