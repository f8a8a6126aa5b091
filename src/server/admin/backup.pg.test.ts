import { cpSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../store/connect.ts';
import { ignore } from '../testing/test-database.ts';
import { type Manifest, tableFile } from './manifest.ts';
import { adminBench, type AdminBench } from './testing/admin-bench.ts';

let bench: AdminBench;

beforeEach(async () => {
  bench = await adminBench();
});

afterEach(() => bench.close());

describe('a backup', () => {
  async function fillAndBackUp(): Promise<{ to: string; manifest: Manifest }> {
    await bench.setUp();
    // Values that a careless copy changes: quotes, line ends, large numbers, bytes, absent ones.
    const { id } = await bench.store.db.selectFrom('company').select('id').executeTakeFirstOrThrow();
    const strange = 'a"b\\c\n\td\u2028 Ñáñez 👩‍🦽';
    await bench.store.db.updateTable('company').set({ next_number: 9_007_199_254_740_991 }).execute();
    await bench.store.db
      .insertInto('contact')
      .values(
        Array.from({ length: 2_500 }, (_, index) => ({
          id: crypto.randomUUID(),
          company_id: id,
          first_name: `${strange}${index}`,
          document_type: index % 2 ? 'CC' : null,
          document_number: index % 2 ? String(10_000_000 + index) : null,
          created_at: new Date(1_700_000_000_123 + index),
          updated_at: new Date(1_700_000_000_123 + index),
        })),
      )
      .execute();
    const to = join(bench.folder, 'backup');
    return { to, manifest: await bench.adminJson<Manifest>(['backup', '--to', to]) };
  }

  test('[R18] is restored into an empty server with the same counts and the same content', async () => {
    const { to, manifest } = await fillAndBackUp();
    expect(manifest.tables.find(({ name }) => name === 'contact')?.rows).toBe(2_500);
    const target = await bench.another();
    await bench.adminJson(['restore', '--from', to], target.url);
    const drill = join(bench.folder, 'drill');
    const again = await bench.adminJson<Manifest>(['backup', '--to', drill], target.url);
    expect(again.tables).toEqual(manifest.tables);
  });

  test('[R18] is readable by its owner alone and verified as a whole', async () => {
    const { to, manifest } = await fillAndBackUp();
    expect(statSync(to).mode & 0o077).toBe(0);
    expect(statSync(join(to, tableFile('agent'))).mode & 0o077).toBe(0);
    expect(await bench.adminJson<Manifest>(['verify', '--from', to])).toEqual(manifest);
    expect(readdirSync(bench.folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  test.each([
    [
      'a flipped byte',
      (path: string) => {
        const bytes = readFileSync(path);
        bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
        writeFileSync(path, bytes);
      },
    ],
    ['a cut file', (path: string) => truncateSync(path, 100)],
    ['a missing file', (path: string) => rmSync(path)],
  ])('[R18] with %s is refused by name, and nothing is restored', async (_what, damage) => {
    const { to } = await fillAndBackUp();
    const path = join(to, tableFile('contact'));
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

  test('[R18] with a changed or lost manifest, or a file too many, is refused by name', async () => {
    const { to } = await fillAndBackUp();
    const manifest = join(to, 'manifest.json');
    const text = readFileSync(manifest, 'utf8');
    writeFileSync(manifest, text.replace('"rows": 2500', '"rows": 2499'));
    expect((await bench.admin(['verify', '--from', to])).error).toContain(
      `${tableFile('contact')} holds 2500 rows instead of 2499`,
    );
    writeFileSync(manifest, text.slice(0, 50));
    expect(await bench.admin(['verify', '--from', to])).toMatchObject({
      code: 65,
      error: expect.stringContaining(manifest),
    });
    writeFileSync(manifest, text);
    cpSync(join(to, tableFile('agent')), join(to, 'tables/agents.ndjson.gz'));
    expect((await bench.admin(['verify', '--from', to])).error).toContain('agents.ndjson.gz is not in the manifest');
  });

  test('is not restored over data', async () => {
    const { to } = await fillAndBackUp();
    expect(await bench.admin(['restore', '--from', to])).toMatchObject({
      code: 1,
      error: expect.stringContaining('is not empty'),
    });
  });

  test('does not overwrite a folder', async () => {
    await bench.setUp();
    expect(await bench.admin(['backup', '--to', bench.folder])).toMatchObject({
      code: 1,
      error: expect.stringContaining('is there already'),
    });
  });

  test('goes on numbering where it stood', async () => {
    const { to } = await fillAndBackUp();
    const target = await bench.another();
    await bench.adminJson(['restore', '--from', to], target.url);
    const restored = connect(target.url, ignore);
    const { rows } = await restored.pool.query<{ next: string }>('SELECT next_number::text AS next FROM company');
    expect(rows).toEqual([{ next: '9007199254740991' }]);
    await restored.close();
  });

  test('[R18] [PT5] brings a renewal back before the turn in whose place it came, however many lie between', async () => {
    await bench.setUp();
    const { db } = bench.store;
    const branch = await db.selectFrom('branch').select(['id', 'company_id']).limit(1).executeTakeFirstOrThrow();
    const service = await db.selectFrom('service').select('id').limit(1).executeTakeFirstOrThrow();
    const [renewal, renewed] = ['00000000-0000-7000-8000-000000000000', 'ffffffff-ffff-7fff-bfff-ffffffffffff'];
    const ids = [renewed, ...Array.from({ length: 1_200 }, () => uuidv7()), renewal];
    const at = new Date(1_700_000_000_000);
    const closed = { kind: 'turn', state: 'closed', outcome: 'noShow', priority: 'normal', origin: 'kiosk' } as const;
    const tickets = ids.map((id, index) => ({
      ...closed,
      id,
      company_id: branch.company_id,
      branch_id: branch.id,
      service_id: service.id,
      contact_id: null,
      number: index + 1,
      turn_code: `C-${index}`,
      business_day: '2026-03-04',
      holder_id: null,
      attention_id: null,
      header: JSON.stringify({}),
      turn_token_hash: null,
      renews: id === renewal ? renewed : null,
      waiting_since: at,
      created_at: at,
      closed_at: at,
    }));
    await db.insertInto('ticket').values(tickets).execute();
    const to = join(bench.folder, 'backup');
    await bench.adminJson(['backup', '--to', to]);
    const target = await bench.another();
    await bench.adminJson(['restore', '--from', to], target.url);
    const restored = connect(target.url, ignore);
    const { rows } = await restored.pool.query('SELECT id, renews FROM ticket WHERE renews IS NOT NULL');
    expect(rows).toEqual([{ id: renewal, renews: renewed }]);
    await restored.close();
  });

  test('is one state, whatever is written meanwhile', async () => {
    await fillAndBackUp();
    let isOver = false;
    const writer = (async () => {
      const { id: company_id } = await bench.store.db.selectFrom('company').select('id').executeTakeFirstOrThrow();
      for (; !isOver;) {
        await bench.store.db.transaction().execute(async (tx) => {
          const id = crypto.randomUUID();
          await tx
            .insertInto('contact')
            .values({ id, company_id, created_at: new Date(), updated_at: new Date() })
            .execute();
          await tx
            .insertInto('audit')
            .values({ id, company_id, agent_id: null, device_id: null, act: 'test', subject: null })
            .execute();
        });
      }
    })();
    const { tables } = await bench.adminJson<Manifest>(['backup', '--to', join(bench.folder, 'moving')]);
    isOver = true;
    await writer;
    const rows = (table: string): number => tables.find(({ name }) => name === table)?.rows ?? -1;
    expect(rows('contact') - 2_500).toBe(rows('audit'));
  });
});
