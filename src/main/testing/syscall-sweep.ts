import { spawnSync } from 'node:child_process';

/** Whether faults can be put into system calls: Linux only, and not where a process may not be traced. */
export const canTrace = spawnSync('strace', ['-qq', '-o', '/dev/null', '-e', 'trace=none', 'true']).status === 0;

/** Every number from 1 to `last`, or `least` of them picked by the seed, in order. */
export function sweepPoints({ last, least, seed }: { last: number; least: number; seed: number }): number[] {
  const all = Array.from({ length: last }, (_, index) => index + 1);
  let state = seed >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>>= 0);
  };
  while (all.length > least) all.splice(next() % all.length, 1);
  return all;
}
