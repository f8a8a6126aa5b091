import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canTrace, sweepPoints } from './support/syscall-sweep.ts';
import { openDatabaseFile } from '../../src/main/cache/database-file.ts';
import { firstStep, migrationSteps } from '../../src/main/cache/testing/migration-steps.ts';

const program = join(import.meta.dirname, '../../src/main/cache/testing', 'migrated-file.ts');
const name = 'old.db';
const ROWS = 2_000;

/** A file of the version before, closed in order. */
let template: string;
let generation: string;
beforeAll(() => {
  template = mkdtempSync(join(tmpdir(), 'ventanilla-migration-'));
  const options = { path: join(template, name), migrations: firstStep, synchronous: 'FULL', expected: null } as const;
  const file = openDatabaseFile(options);
  generation = file.generation;
  const insert = file.db.prepare('INSERT INTO notes (text) VALUES (?)');
  file.db.transaction(() => {
    for (let row = 0; row < ROWS; row += 1) insert.run(`nota ${row} ${'x'.repeat(100)}`);
  })();
  file.db.close();
});
afterAll(() => rmSync(template, { recursive: true }));

/** Rows that the next start finds, after the first one was killed at this call. */
function rowsAfter(fault: string, manner: 'whole' | 'careless'): { rows: number; isRebuilt: boolean } {
  const folder = mkdtempSync(join(tmpdir(), 'ventanilla-migration-'));
  try {
    cpSync(template, folder, { recursive: true });
    const path = join(folder, name);
    spawnSync('strace', [
      '-f',
      '-qq',
      '-o',
      '/dev/null',
      '-e',
      fault,
      process.execPath,
      program,
      path,
      generation,
      manner,
    ]);
    const migrations = migrationSteps(true);
    const { db, isRebuilt } = openDatabaseFile({ path, migrations, synchronous: 'FULL', expected: generation });
    expect(db.pragma('user_version', { simple: true })).toBe(2);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    const rows = Number(db.prepare('SELECT count(*) FROM remarks').pluck().get());
    db.close();
    return { rows, isRebuilt };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writesOf(manner: 'whole' | 'careless'): number {
  const folder = mkdtempSync(join(tmpdir(), 'ventanilla-migration-'));
  cpSync(template, folder, { recursive: true });
  const log = join(folder, 'calls');
  const node = [process.execPath, program, join(folder, name), generation, manner];
  spawnSync('strace', ['-f', '-qq', '-o', log, '-e', 'trace=pwrite64', ...node]);
  const count = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.includes('pwrite64(')).length;
  rmSync(folder, { recursive: true });
  return count;
}

describe.skipIf(!canTrace)('with strace (skipped where it is not to be had)', () => {
  test('[R15] killed at the nth write of a migration: the next start ends it, with every row', () => {
    const last = writesOf('whole');
    expect(last).toBeGreaterThan(50);
    for (const point of sweepPoints(last, 6)) {
      const found = rowsAfter(`inject=pwrite64:signal=KILL:when=${point}`, 'whole');
      expect(found, `write ${point} of ${last}`).toEqual({ rows: ROWS, isRebuilt: false });
    }
  });

  test('[R15] twin: a step that commits half-way loses rows when it is killed', () => {
    const last = writesOf('careless');
    const found = [0.3, 0.5, 0.7].map(
      (part) => rowsAfter(`inject=pwrite64:signal=KILL:when=${Math.floor(last * part)}`, 'careless').rows,
    );
    expect(Math.min(...found)).toBeLessThan(ROWS);
  });
});
