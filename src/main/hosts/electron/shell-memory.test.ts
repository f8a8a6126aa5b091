import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readShellMemory, writeShellMemory, type ShellMemory } from './shell-memory.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-memory-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fresh: ShellMemory = { bounds: null, isMaximized: false, knowsTray: false, theme: 'system' };

test('what is remembered is read at the next start', () => {
  const memory: ShellMemory = {
    bounds: { x: 1, y: 2, width: 3, height: 4 },
    isMaximized: true,
    knowsTray: true,
    theme: 'dark',
  };
  const path = join(folder, 'window.json');
  writeShellMemory(path, memory);
  expect(readShellMemory(path)).toEqual(memory);
});

test.each([
  ['a file that is not there', null, fresh],
  ['half a file', '{"isMaximized": tr', fresh],
  ['no object', '[]', fresh],
  ['null', 'null', fresh],
  [
    'a wrong field beside good ones',
    '{"bounds":{"x":"1"},"knowsTray":true,"theme":"pink"}',
    { ...fresh, knowsTray: true },
  ],
])('%s starts over', (_title, text, expected) => {
  const path = join(folder, 'window.json');
  if (text !== null) writeFileSync(path, text);
  expect(readShellMemory(path)).toEqual(expected);
});
