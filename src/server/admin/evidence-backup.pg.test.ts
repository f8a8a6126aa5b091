import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimFolder } from '../evidence/claim-folder.ts';
import { createEvidenceBook, type EvidenceBook } from '../evidence/evidence-book.ts';
import { recordUnanswered } from '../evidence/record-unanswered.ts';
import type { EvidenceFindings } from '../evidence/verify-evidence.ts';
import { askAndAnswer, videoInHand, type VideoInHand } from '../testing/answered-consents.ts';
import { openServer, type TestServer } from '../testing/open-server.ts';
import type { Manifest } from './manifest.ts';
import { adminBench, type AdminBench } from './testing/admin-bench.ts';

let bench: AdminBench;
let server: TestServer;
let folder: string;
let book: EvidenceBook;
let video: VideoInHand;
beforeEach(async () => {
  bench = await adminBench();
  server = await openServer();
  folder = join(bench.folder, 'data', 'evidence', 'server-1');
  mkdirSync(folder, { recursive: true });
  const { store, log, clock } = server.context;
  book = createEvidenceBook({ store, log, clock, folder });
  video = await videoInHand(server, book);
  await askAndAnswer(video, 'accepted');
  await askAndAnswer(video, 'withdrawn');
  await askAndAnswer(video, 'unanswered');
  await recordUnanswered(server.context, book);
});
afterEach(async () => {
  await book.close();
  await server.close();
  await bench.close();
});

const journal = (): string => readdirSync(folder).find((name) => name.endsWith('.jsonl')) ?? '';

test('[R18] [T24] after a restore into an empty server the chain is equal, and holds', async () => {
  const to = join(bench.folder, 'backup');
  const { url } = server.database;
  const manifest = await bench.adminJson<Manifest>(['backup', '--to', to], url);
  // What comes after belongs to the next backup.
  await askAndAnswer(video, 'refused');
  expect(manifest).toMatchObject({ evidence: [{ name: `server-1/${journal()}`, lines: 4 }], elsewhere: [] });
  const written = readFileSync(join(folder, journal()), 'utf8').split('\n').slice(0, 4).join('\n');

  const target = await bench.another();
  const data = join(bench.folder, 'restored');
  const restored = { VENTANILLA_DATA: data };
  await bench.adminJson(['restore', '--from', to], target.url, restored);
  const path = join(data, 'evidence', 'server-1', journal());
  expect(readFileSync(path, 'utf8')).toBe(`${written}\n`);
  const found = await bench.adminJson<EvidenceFindings>(['consent', 'verify'], target.url, restored);
  expect(found).toEqual({ journals: 1, lines: 4, folios: 4, unsettled: 0, problems: [] });

  writeFileSync(path, readFileSync(path, 'utf8').replace('"accept"', '"refuse"'));
  const { code, out } = await bench.admin(['consent', 'verify'], target.url, restored);
  expect([code, out]).toEqual([65, expect.stringContaining(`line 1 was altered`) as string]);
});

test('[T24] a journal of another server is missing until its folder is named', async () => {
  const elsewhere = { VENTANILLA_DATA: join(bench.folder, 'other') };
  const { url } = server.database;
  const without = await bench.admin(['consent', 'verify'], url, elsewhere);
  expect([without.code, without.out]).toEqual([65, expect.stringContaining('its file is missing') as string]);
  const named = ['consent', 'verify', '--evidence', join(bench.folder, 'data', 'evidence')];
  expect(await bench.adminJson<EvidenceFindings>(named, url, elsewhere)).toMatchObject({ lines: 4, problems: [] });
  const to = join(bench.folder, 'backup');
  expect(await bench.adminJson<Manifest>(['backup', '--to', to], url, elsewhere)).toMatchObject({
    evidence: [],
    elsewhere: [journal().replace('.jsonl', '')],
  });
});

test('the demo office goes with its guests, what they were asked, and the journals', async () => {
  const { db } = server.context.store;
  await db.updateTable('company').set({ is_demo: true }).execute();
  await book.close();
  const { code, error } = await bench.admin(['demo', 'wipe'], server.database.url);
  expect([code, error]).toEqual([0, '']);
  expect(existsSync(join(folder, '..'))).toBe(false);
  const found = await bench.adminJson<EvidenceFindings>(['consent', 'verify'], server.database.url);
  expect(found).toMatchObject({ journals: 0, problems: [] });
});

test('[T24] the demo office stays, and may come back, while a server writes a journal in the data folder or others have evidence', async () => {
  const { db } = server.context.store;
  const data = join(bench.folder, 'data');
  const other = await videoInHand(server, book);
  await db.updateTable('company').set({ is_demo: true }).where('id', '=', other.agent.office.companyId).execute();
  const wipe = () => bench.admin(['demo', 'wipe'], server.database.url);
  const running = claimFolder(data);
  expect(await wipe()).toMatchObject({ code: 1, error: expect.stringContaining('stop it first') as string });
  running.release();
  expect(await wipe()).toMatchObject({ code: 1, error: expect.stringContaining('Another company') as string });
  expect(existsSync(join(data, 'demo-wiped'))).toBe(false);
  expect(await db.selectFrom('company').select('id').where('is_demo', '=', true).execute()).toHaveLength(1);
  const found = await bench.adminJson<EvidenceFindings>(['consent', 'verify'], server.database.url);
  expect(found).toMatchObject({ journals: 1, lines: 4, problems: [] });
});
