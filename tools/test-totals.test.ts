import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failuresOf } from './test-failures.ts';
import { sum, totalsOf } from './test-totals.ts';

const root = dirname(import.meta.dirname);
let folder: string;

beforeEach(() => {
  mkdirSync(join(root, '.cache'), { recursive: true });
  folder = realpathSync(mkdtempSync(join(root, '.cache', 'test-totals-')));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** The runners themselves, on a test file of ours, as tools/test.ts starts them. */
function run(runner: 'vitest' | 'playwright', source: string) {
  const report = join(folder, 'report.json');
  const name = runner === 'vitest' ? 'sample.test.ts' : 'sample.e2e.ts';
  if (source !== '') writeFileSync(join(folder, name), source);
  const args =
    runner === 'vitest'
      ? [
          'vitest/vitest.mjs',
          'run',
          `--config=${join(folder, 'vitest.config.ts')}`,
          '--reporter=json',
          `--outputFile.json=${report}`,
          `--root=${folder}`,
        ]
      : ['@playwright/test/cli.js', 'test', '--reporter=json', `--config=${join(folder, 'playwright.config.ts')}`];
  writeFileSync(join(folder, 'vitest.config.ts'), 'export default {};');
  writeFileSync(join(folder, 'playwright.config.ts'), `export default { testMatch: '*.e2e.ts' };`);
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', args[0] ?? ''), ...args.slice(1)], {
    cwd: folder,
    env: { PATH: process.env['PATH'], PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    stdio: 'ignore',
  });
  return totalsOf(runner, status ?? 1, report);
}

describe.each([
  ['vitest', 'vitest'],
  ['playwright', '@playwright/test'],
] as const)('what %s reports', (runner, module) => {
  const imports = `import { expect, test } from '${module}';\n`;

  test('is counted by outcome', () => {
    const source = `${imports}
      test('one', () => expect(1).toBe(1));
      test('two', () => expect(2).toBe(2));
      test('three', () => expect(3).toBe(4));
      test.skip('four', () => undefined);`;
    expect(run(runner, source)).toEqual({ passed: 2, failed: 1, skipped: 1 });
    const [failure, ...others] = failuresOf(runner, join(folder, 'report.json'));
    expect(failure).toMatch(/sample\.\w+\.ts › three: .*expect/);
    expect(others).toEqual([]);
  });

  test('is a failure when a file does not load', () => {
    expect(run(runner, `${imports} throw new Error('broken');`)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(failuresOf(runner, join(folder, 'report.json'))).toContainEqual(expect.stringContaining('broken'));
  });

  test('is a failure when there is no test', () => {
    expect(run(runner, '')).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

test('a runner that passed every test and still ended badly failed', () => {
  const report = join(folder, 'report.json');
  writeFileSync(report, '{"numPassedTests":3,"numFailedTests":0,"numPendingTests":0,"numTodoTests":0}');
  expect(totalsOf('vitest', 0, report)).toEqual({ passed: 3, failed: 0, skipped: 0 });
  expect(totalsOf('vitest', 1, report)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  expect(totalsOf('vitest', 139, report)).toEqual({ passed: 3, failed: 1, skipped: 0 });
});

test('a runner that left no whole report failed', () => {
  const report = join(folder, 'report.json');
  expect(totalsOf('vitest', 0, report)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  writeFileSync(report, '{"numPassedTests":3,');
  expect(totalsOf('vitest', 0, report)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('totals add up', () => {
  expect(sum([])).toEqual({ passed: 0, failed: 0, skipped: 0 });
  const one = { passed: 1, failed: 2, skipped: 3 };
  expect(sum([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 });
});
