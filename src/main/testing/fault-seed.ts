import { randomInt } from 'node:crypto';
import { vi } from 'vitest';

/**
 * What a fault test takes its chances from: said before the test begins, and taken from VENTANILLA_FAULT_SEED so that a run can be
 * repeated. VENTANILLA_FAULT_RUNS makes its sweeps as long as is asked for.
 */
export function faultSeed(what: string): { seed: number; runs: (least: number) => number } {
  const seed = Number(process.env['VENTANILLA_FAULT_SEED'] ?? randomInt(2 ** 31));
  const longer = Number(process.env['VENTANILLA_FAULT_RUNS'] ?? 0);
  if (longer > 0) vi.setConfig({ testTimeout: 900_000 });
  process.stdout.write(`${what}: VENTANILLA_FAULT_SEED=${seed}\n`);
  return { seed, runs: (least) => Math.max(least, longer) };
}
