import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { blobPath, filesFolder, openBlobFolder } from '../files/open-blob-folder.ts';
import { connect } from '../store/connect.ts';
import { ignore } from '../testing/test-database.ts';
import type { Finding } from './doctor.ts';
import type { Manifest } from './manifest.ts';
import { adminBench, type AdminBench } from './testing/admin-bench.ts';

let bench: AdminBench;
let dataFolder: string;
/** What lies in the store, by name. */
let kept: Map<string, Buffer>;

beforeEach(async () => {
  bench = await adminBench();
  dataFolder = join(bench.folder, 'data');
  await bench.setUp();
  kept = new Map();
  const { db } = bench.store;
  const branch = await db.selectFrom('branch').select(['id', 'company_id']).limit(1).executeTakeFirstOrThrow();
  const service = await db.selectFrom('service').select('id').limit(1).executeTakeFirstOrThrow();
  const agent = await db.selectFrom('agent').select('id').limit(1).executeTakeFirstOrThrow();
  const ticketId = uuidv7();
  const now = new Date();
  await db
    .insertInto('ticket')
    .values({
      id: ticketId,
      company_id: branch.company_id,
      branch_id: branch.id,
      service_id: service.id,
      contact_id: null,
      number: 1,
      turn_code: 'A-001',
      business_day: '2026-03-04',
      kind: 'virtual',
      state: 'closed',
      outcome: 'finished',
      priority: 'normal',
      origin: 'kiosk',
      holder_id: null,
      attention_id: null,
      header: JSON.stringify({}),
      turn_token_hash: null,
      waiting_since: now,
      created_at: now,
      closed_at: now,
    })
    .execute();
  const blobs = await openBlobFolder(filesFolder(dataFolder));
  const put = async (name: string): Promise<string> => {
    const bytes = randomBytes(1 + Math.floor(Math.random() * 50_000));
    const path = join(bench.folder, name);
    writeFileSync(path, bytes);
    await blobs.put(name, path);
    kept.set(name, bytes);
    return createHash('sha256').update(bytes).digest('hex');
  };
  for (let index = 0; index < 20; index += 1) {
    const id = uuidv7();
    const sha256 = await put(id);
    await db
      .insertInto('shared_file')
      .values({
        id,
        ticket_id: ticketId,
        attention_id: null,
        agent_id: agent.id,
        guest_link_id: null,
        name: `${index}.jpg`,
        kind: 'image/jpeg',
        bytes: kept.get(id)!.length,
        sha256,
        width: 1,
        height: 1,
        preview_sha256: index % 2 ? await put(`${id}.preview`) : null,
        was_cleaned: false,
        shared_at: now,
      })
      .execute();
  }
});
afterEach(() => bench.close());

const backUp = async (): Promise<{ to: string; manifest: Manifest }> => {
  const to = join(bench.folder, 'backup');
  return { to, manifest: await bench.adminJson<Manifest>(['backup', '--to', to]) };
};
const doctor = async (): Promise<Finding[]> => {
  const { out } = await bench.admin(['--json', 'doctor']);
  return (JSON.parse(out) as { findings: Finding[] }).findings.filter(({ check }) => check === 'files');
};

test('[R18] twenty files, and their small pictures, are equal in an empty server after a restore', async () => {
  const { to, manifest } = await backUp();
  expect(manifest.files).toEqual({ count: 30, lost: [] });
  expect(await bench.adminJson<Manifest>(['verify', '--from', to])).toEqual(manifest);
  expect(statSync(join(to, 'files')).mode & 0o077).toBe(0);
  renameSync(dataFolder, `${dataFolder}-before`);
  const target = await bench.another();
  await bench.adminJson(['restore', '--from', to], target.url);
  for (const [name, bytes] of kept) {
    expect(readFileSync(blobPath(filesFolder(dataFolder), name)).equals(bytes)).toBe(true);
  }
  const restored = connect(target.url, ignore);
  expect((await restored.db.selectFrom('shared_file').select('id').execute()).length).toBe(20);
  await restored.close();
});

test.each([
  [
    'a flipped byte in',
    (path: string) => {
      const bytes = readFileSync(path);
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    },
  ],
  ['without', (path: string) => rmSync(path)],
])('[R18] a backup with %s one file is refused by its name, and nothing is restored', async (_what, damage) => {
  const { to } = await backUp();
  const [name = ''] = [...kept.keys()].slice(7);
  const path = blobPath(join(to, 'files'), name);
  damage(path);
  for (const verb of ['verify', 'restore']) {
    const target = await bench.another();
    const { code, error } = await bench.admin([verb, '--from', to], target.url);
    expect(code).toBe(65);
    expect(error).toContain(path);
    const found = connect(target.url, ignore);
    expect((await found.pool.query(`SELECT to_regclass('company') AS company`)).rows).toEqual([{ company: null }]);
    await found.close();
  }
});

test('[R18] a file too many in a backup is told', async () => {
  const { to } = await backUp();
  const [name = ''] = kept.keys();
  writeFileSync(`${blobPath(join(to, 'files'), name)}x`, 'x');
  expect((await bench.admin(['verify', '--from', to])).error).toContain('holds 31 files');
});

test('[R18] what is lost on the server itself is named by backup and doctor, and stops neither', async () => {
  expect(await doctor()).toEqual([{ check: 'files', state: 'ok', detail: '20 shared' }]);
  const [first = '', second = ''] = [...kept.keys()].filter((name) => !name.includes('preview'));
  rmSync(blobPath(filesFolder(dataFolder), first));
  writeFileSync(blobPath(filesFolder(dataFolder), second), 'short');
  expect(await doctor()).toEqual([
    { check: 'files', state: 'failure', detail: `the bytes of file ${first} are missing` },
    { check: 'files', state: 'failure', detail: expect.stringContaining(`file ${second} has 5 bytes instead of`) },
  ]);
  const { to, manifest } = await backUp();
  expect(manifest.files).toEqual({ count: 30, lost: [first, second] });
  expect((await bench.admin(['verify', '--from', to])).out).toContain(`2 of them lost: ${first}, ${second}`);
});
