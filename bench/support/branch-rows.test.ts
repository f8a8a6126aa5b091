import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildBranchFile } from '../../src/cache-file/build-branch-file.ts';
import type { HeaderRow } from '../../src/cache-file/header-row.ts';
import { rowOf } from '../../src/main/cache/headers-repository.ts';
import { branchHeaders } from './branch-headers.ts';
import { hashBranch, hashRows } from './branch-rows.ts';

const rows = [...branchHeaders(300, 7)].map((header, index) => ({
  ...rowOf(header),
  displayName: index % 50 === 0 ? 'Zoé Ñáñez' : header.displayName,
}));

const fileOf = async (given: readonly HeaderRow[]) => {
  const folder = await mkdtemp(join(tmpdir(), 'ventanilla-bench-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'branch.db');
  await buildBranchFile(path, (writer) => Promise.resolve(writer.putHeaders(given)));
  return hashBranch(path);
};

test('a file with exactly the rows has their hash', async () => {
  expect(await fileOf(rows)).toStrictEqual(hashRows(rows));
});

test('a file that lost a row, or has another value in one, has another hash', async () => {
  expect((await fileOf(rows.slice(1))).hash).not.toBe(hashRows(rows).hash);
  const changed = rows.map((row, index) => (index === 150 ? { ...row, state: 'closed' } : row));
  expect((await fileOf(changed)).hash).not.toBe(hashRows(rows).hash);
});
