/** All faults at length, and the soak, on the built product. Each run has a seed of its own, with which it can be done again. */
import { randomInt } from 'node:crypto';
import { runNode } from './checks.ts';
import { readFaultsOptions, type FaultsOptions } from './faults-options.ts';
import { wasStopped } from './processes.mjs';

const SEEDS = 1_000_000_000;
const USAGE = `Usage: npm run faults -- [--times n] [--minutes n] [--seed s]
  --times    runs of all faults, at length; 1 unless --minutes is given
  --minutes  of the soak: one office that lives on under faults, its memory measured`;

process.exitCode = await main();

async function main(): Promise<number> {
  let options: FaultsOptions;
  try {
    options = readFaultsOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    return 2;
  }
  const { times, minutes } = options;
  const first = options.seed ?? randomInt(SEEDS);
  const failed: string[] = [];
  const runs = times + (minutes > 0 ? 1 : 0);
  for (let run = 0; run < runs; run += 1) {
    const seed = (first + run) % SEEDS;
    const isSoak = run === times;
    console.log(`run ${run + 1} of ${runs}: ${isSoak ? `soak of ${minutes} minutes` : 'all faults'}, seed ${seed}`);
    // Two files at once: most of their time they wait for processes to come back.
    const files = isSoak ? ['e2e/faults/soak.fault.ts', '--disable-console-intercept'] : ['--maxWorkers=2'];
    const code = await runNode(['node_modules/vitest/vitest.mjs', 'run', '--project=faults', ...files], {
      FAULTS_SEED: String(seed),
      FAULTS_LONG: '1',
      ...(isSoak && { FAULTS_MINUTES: String(minutes) }),
    });
    if (wasStopped(code)) return code;
    if (code !== 0) failed.push(`${isSoak ? `--minutes ${minutes} ` : ''}--seed ${seed}`);
  }
  for (const how of failed) console.log(`✗ again with: npm run faults -- ${how}`);
  console.log(`${runs - failed.length} runs passed, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
}
