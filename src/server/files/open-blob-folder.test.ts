import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openBlobFolder } from './open-blob-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-blobs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('[B25] a first part that comes once more, late, takes nothing from what came after it', async () => {
  const blobs = await openBlobFolder(folder);
  const id = uuidv7();
  await blobs.writeDraft(id, 0, Buffer.from('uno '));
  await blobs.writeDraft(id, 4, Buffer.from('dos'));
  await blobs.writeDraft(id, 0, Buffer.from('uno '));
  expect(await blobs.withDraft(id, (path) => Promise.resolve(readFileSync(path, 'utf8')))).toBe('uno dos');
});
