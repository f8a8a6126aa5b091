/** Long fault runs and soaks on the built product. Each run has a seed of its own, with which it can be done again. */
import { randomInt } from 'node:crypto';
import { runNode } from './checks.ts';
import { readFaultsOptions, type FaultsOptions } from './faults-options.ts';

const SEEDS = 1_000_000_000;

process.exitCode = await main();

async function main(): Promise<number> {
  let options: FaultsOptions;
  try {
    options = readFaultsOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\nUsage: npm run faults -- [--minutes n] [--times n] [--seed s]`);
    return 2;
  }
  const { times, minutes } = options;
  const first = options.seed ?? randomInt(SEEDS);
  const endAt = performance.now() + minutes * 60_000;
  const failed: number[] = [];
  let runs = 0;
  while (runs < times || performance.now() < endAt) {
    const seed = (first + runs) % SEEDS;
    runs += 1;
    console.log(`run ${runs}: seed ${seed}`);
    const code = await runNode(['node_modules/vitest/vitest.mjs', 'run', '--project=faults'], {
      FAULTS_SEED: String(seed),
      FAULTS_LONG: '1',
    });
    if (code !== 0) failed.push(seed);
  }
  for (const seed of failed) console.log(`✗ again with: npm run faults -- --seed ${seed}`);
  console.log(`${runs - failed.length} runs passed, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
}
