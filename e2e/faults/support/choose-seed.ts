import { randomInt } from 'node:crypto';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** All choices of a run with faults follow from it. */
    faultsSeed: number;
    /** Whether this is a long run (`npm run faults`), or the short one within `npm test`. */
    isLongRun: boolean;
  }
}

/** Says the seed of this run before anything is done with it. */
export function setup(project: TestProject): void {
  const { FAULTS_SEED, FAULTS_LONG } = process.env;
  const seed = FAULTS_SEED === undefined ? randomInt(1_000_000_000) : Number(FAULTS_SEED);
  process.stdout.write(`Faults with seed ${seed}\n`);
  project.provide('faultsSeed', seed);
  project.provide('isLongRun', FAULTS_LONG === '1');
}
