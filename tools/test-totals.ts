import { existsSync, readFileSync } from 'node:fs';

export type Totals = { passed: number; failed: number; skipped: number };

/** The part of Vitest's JSON report that counts. */
type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
};

/** The part of Playwright's JSON report that counts. A flaky test failed once: it failed. */
type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };

const counts = {
  vitest: (report: VitestReport): Totals => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }),
  playwright: ({ stats }: PlaywrightReport): Totals => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }),
};

/**
 * What a runner counted. One more failure when it left no report, ran no test, or ended badly for a reason that no test shows
 * (a file that does not load, an error outside tests).
 */
export function totalsOf(runner: 'vitest' | 'playwright', exitCode: number, reportPath: string): Totals {
  const totals = read(runner, reportPath);
  if (totals === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const isUnexplained = exitCode !== 0 && totals.failed === 0;
  const isEmpty = totals.passed + totals.failed === 0;
  return { ...totals, failed: totals.failed + (isUnexplained || isEmpty ? 1 : 0) };
}

function read(runner: 'vitest' | 'playwright', reportPath: string): Totals | undefined {
  if (!existsSync(reportPath)) return undefined;
  try {
    const totals = counts[runner](JSON.parse(readFileSync(reportPath, 'utf8')));
    return Object.values(totals).every(Number.isInteger) ? totals : undefined;
  } catch {
    return undefined; // Cut while it was written.
  }
}

export function sum(all: Totals[]): Totals {
  return all.reduce(
    (left, right) => ({
      passed: left.passed + right.passed,
      failed: left.failed + right.failed,
      skipped: left.skipped + right.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}
