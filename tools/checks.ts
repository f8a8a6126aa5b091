import { dirname, join } from 'node:path';
import { runToEnd, wasStopped } from './processes.mjs';

const root = dirname(import.meta.dirname);
const vitest = ['node_modules/vitest/vitest.mjs', 'run'];

/** Each check is a program for Node, from the root of the project. */
const checks = {
  build: ['tools/build.ts'],
  types: ['node_modules/typescript/bin/tsc', '-b'],
  layers: ['tools/layers/check-layers.ts'],
  lint: ['node_modules/oxlint/bin/oxlint'],
  format: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
  unit: [...vitest, '--project=node', '--project=dom'],
};

export type Check = keyof typeof checks;

/**
 * Runs one group after the other, all of a group at once, each with its own output. This process ends with one that is stopped by a
 * signal.
 */
export async function runChecks(...groups: Check[][]): Promise<{ passed: Check[]; failed: Check[] }> {
  const passed: Check[] = [];
  const failed: Check[] = [];
  for (const group of groups) {
    const codes = await Promise.all(group.map(runCheck));
    const stopped = codes.find(wasStopped);
    if (stopped !== undefined) process.exit(stopped);
    for (const [index, name] of group.entries()) (codes[index] === 0 ? passed : failed).push(name);
  }
  return { passed, failed };
}

async function runCheck(name: Check): Promise<number> {
  const startedAt = performance.now();
  const code = await runNode(checks[name]);
  if (!wasStopped(code)) {
    console.error(`${code === 0 ? '✓' : '✗'} ${name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  }
  return code;
}

/** @returns the exit code */
export function runNode(args: string[], environment: NodeJS.ProcessEnv = {}): Promise<number> {
  const [file = '', ...rest] = args;
  return runToEnd(process.execPath, [...process.execArgv, join(root, file), ...rest], {
    cwd: root,
    env: { ...process.env, ...environment },
  });
}
