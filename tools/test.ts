/** Everything: build, types, layers, lint, unit and integration tests on two PostgreSQLs, faults once and short, end to end in Chromium. */
import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { runChecks, runNode } from './checks.ts';
import { folderInMemory } from './folder-in-memory.ts';
import { runToEnd, wasStopped } from './processes.mjs';
import { missingForTests } from './test-needs.ts';
import { failuresOf } from './test-failures.ts';
import { sum, totalsOf, type Totals } from './test-totals.ts';

const root = dirname(import.meta.dirname);
const reports = join(root, '.cache', 'test');
const vitest = 'node_modules/vitest/vitest.mjs';
const cores = availableParallelism();
/** By itself vitest leaves one core to others. Faults keep to that: what they measure is a process beside them. */
const onAllCores = `--maxWorkers=${cores}`;
/** Of its time a test of the database waits a third for it. */
const onAllCoresAndMore = `--maxWorkers=${cores + 1}`;
/** Each failed test, told once more at the end: what came before is long. */
const told: string[] = [];

/** A run was stopped by a signal: so are those that would follow. */
class Stopped extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`stopped with ${code}`);
    this.code = code;
  }
}

process.exitCode = await main();

async function main(): Promise<number> {
  // Hundreds of databases come and go: on a disk they wait for it more than they work.
  const temporary = folderInMemory(process.env['TMPDIR']);
  if (temporary !== null) process.env['TMPDIR'] = temporary;
  try {
    const { passed, failed, skipped } = sum(await runAll());
    for (const failure of told) console.log(`✗ ${failure}`);
    console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
    return failed === 0 ? 0 : 1;
  } catch (error) {
    if (error instanceof Stopped) return error.code;
    throw error;
  } finally {
    if (temporary !== null) rmSync(temporary, { recursive: true, force: true });
  }
}

async function runAll(): Promise<Totals[]> {
  const missing = missingForTests(process.env);
  for (const line of missing) console.error(line);
  if (missing.length > 0) return [{ passed: 0, failed: missing.length, skipped: 0 }];
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const checks = await runChecks(['build'], ['types', 'layers', 'lint']);
  told.push(...checks.failed);
  return [
    { passed: 0, failed: checks.failed.length, skipped: 0 },
    // Most of their time the faults wait for processes to come back.
    ...(
      await allOf([runVitest('vitest-faults', ['--project=faults']).then((totals) => [totals]), runOnBothPostgres()])
    ).flat(),
    await runPlaywright('playwright'),
  ];
}

/** Runs at once: none is left behind when another was stopped. */
async function allOf(runs: Promise<Totals[]>[]): Promise<Totals[][]> {
  await Promise.allSettled(runs);
  return Promise.all(runs);
}

/** All but the faults, and then those of the database on the older one. */
async function runOnBothPostgres(): Promise<Totals[]> {
  return [
    await runVitest('vitest', ['--project=node', '--project=dom', '--project=db', onAllCores]),
    await runOnDebianPostgres('vitest-postgres-15'),
  ];
}

function reportOptions(name: string): string[] {
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath(name)}`];
}

function reportPath(name: string): string {
  return join(reports, `${name}.json`);
}

function totals(runner: 'vitest' | 'playwright', code: number, name: string): Totals {
  if (wasStopped(code)) throw new Stopped(code);
  told.push(...failuresOf(runner, reportPath(name)).map((failure) => `${name}: ${failure}`));
  return totalsOf(runner, code, reportPath(name));
}

async function runVitest(name: string, projects: string[]): Promise<Totals> {
  return totals('vitest', await runNode([vitest, 'run', ...projects, ...reportOptions(name)]), name);
}

/** The database tests once more, on the oldest PostgreSQL that we support. */
async function runOnDebianPostgres(name: string): Promise<Totals> {
  const args = [vitest, 'run', '--project=db', onAllCoresAndMore, ...reportOptions(name)];
  // Without a locale Debian makes a cluster of SQL_ASCII, in which ICU has no collations.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  // Each worker has up to three servers of ten connections, and some beside.
  const cluster = ['-v', '15', '-o', 'max_connections=200'];
  const code = await runToEnd('pg_virtualenv', [...cluster, process.execPath, ...args], { cwd: root, env });
  return totals('vitest', code, name);
}

async function runPlaywright(name: string): Promise<Totals> {
  const code = await runNode(['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: reportPath(name),
  });
  return totals('playwright', code, name);
}
