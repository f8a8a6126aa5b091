import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildBranchFile } from '../../src/cache-file/build-branch-file.ts';
import { headerRow } from '../../src/cache-file/header-row.ts';
import type { TicketHeader } from '../../src/protocol/ticket.ts';
import { branchHeaders } from './branch-headers.ts';
import { hashBranch, hashRows } from './branch-rows.ts';

const headers: TicketHeader[] = [...branchHeaders(300, 7)].map((header, index) => ({
  ...header,
  displayName: index % 50 === 0 ? 'Zoé Ñáñez' : header.displayName,
}));

const expected = hashRows(headers.map((header) => JSON.stringify(header)));

const fileOf = async (given: readonly TicketHeader[]) => {
  const folder = await mkdtemp(join(tmpdir(), 'ventanilla-bench-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'branch.db');
  await buildBranchFile(path, (writer) => {
    for (const header of given) writer.putHeader(headerRow(header));
    return Promise.resolve();
  });
  return hashBranch(path);
};

test('a file with exactly the rows has their hash', async () => {
  expect(await fileOf(headers)).toStrictEqual(expected);
});

test('a file that lost a row, or has another value in one, has another hash', async () => {
  expect((await fileOf(headers.slice(1))).hash).not.toBe(expected.hash);
  const changed = headers.map((header, index) => (index === 150 ? { ...header, requeues: 1 } : header));
  expect((await fileOf(changed)).hash).not.toBe(expected.hash);
});
