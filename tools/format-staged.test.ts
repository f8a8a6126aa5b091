import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const hook = join(import.meta.dirname, 'format-staged.mjs');
let folder: string;

const run = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-hook-'));
  run('git', 'init', '-q');
});

afterEach(() => rmSync(folder, { recursive: true }));

test('a staged file is formatted in the index and in the folder', () => {
  write('a.ts', 'const   a=1');
  run('git', 'add', '.');
  run(process.execPath, hook);
  expect(run('git', 'show', ':a.ts')).toBe('const a = 1;\n');
  expect(read('a.ts')).toBe('const a = 1;\n');
});

test('what is not staged stays as it is, also in a file that is partly staged', () => {
  write('a.ts', 'const   a=1');
  run('git', 'add', '.');
  write('a.ts', 'const   a=1;   const b=2');
  write('c.ts', 'const   c=3');
  run(process.execPath, hook);
  expect(run('git', 'show', ':a.ts')).toBe('const a = 1;\n');
  expect(read('a.ts')).toBe('const   a=1;   const b=2');
  expect(read('c.ts')).toBe('const   c=3');
});

test('a staged file that is gone from the folder, and one that is no text of ours, are no obstacle', () => {
  write('a.ts', 'const   a=1');
  write('b.png', '\u0000');
  run('git', 'add', '.');
  rmSync(join(folder, 'a.ts'));
  run(process.execPath, hook);
  expect(run('git', 'show', ':a.ts')).toBe('const a = 1;\n');
});
