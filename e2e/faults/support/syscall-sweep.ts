import { spawnSync } from 'node:child_process';
import { inject } from 'vitest';
import { createChance } from './chance.ts';

/** Whether faults can be put into system calls: Linux only, and not where a process may not be traced. */
export const canTrace = spawnSync('strace', ['-qq', '-o', '/dev/null', '-e', 'trace=none', 'true']).status === 0;

/** So few are all met by each long run. */
const EVERY_RUN = 10;

/**
 * Which of the calls 1 to `last` are met: in a long run every tenth, from the seed on, so that ten runs with seeds in a row meet
 * all, or all where they are few; else a few of them.
 */
export function sweepPoints(last: number, few: number): number[] {
  const all = Array.from({ length: last }, (_, index) => index + 1);
  const seed = inject('faultsSeed');
  if (inject('isLongRun') && last <= EVERY_RUN) return all;
  if (inject('isLongRun')) return all.filter((point) => point % 10 === seed % 10);
  const { below } = createChance(seed);
  while (all.length > few) all.splice(below(all.length), 1);
  return all;
}
