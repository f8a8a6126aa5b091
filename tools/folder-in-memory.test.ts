import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { folderInMemory } from './folder-in-memory.ts';

const folder = folderInMemory(undefined);
afterAll(() => {
  if (folder !== null) rmSync(folder, { recursive: true });
});

test('a folder for temporary files that somebody chose stays the one', () => {
  expect(folderInMemory('/somewhere')).toBeNull();
});

test.skipIf(folder === null)('where memory has room the folder lies there, and any account may write to it', () => {
  expect(statSync(folder ?? '').mode & 0o7777).toBe(0o1777);
  writeFileSync(join(folder ?? '', 'a'), 'a');
});
