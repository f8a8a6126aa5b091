import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runAdmin } from './program.ts';
import { adminBench, EXAMPLE, type AdminBench } from './testing/admin-bench.ts';

let bench: AdminBench;

beforeEach(async () => {
  bench = await adminBench();
});

afterEach(() => bench.close());

describe('setup', () => {
  test('makes the documented office and prints each secret once', async () => {
    const { passwords, tokens } = await bench.setUp();
    expect(passwords.map(({ email }) => email)).toEqual(['laura@telecable.example', 'pablo@telecable.example']);
    expect(passwords[0]?.password).toMatch(/^(?:[a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect(tokens.map(({ branch, name }) => [branch, name])).toEqual([
      ['plaza', 'Entrada'],
      [null, 'Página web'],
    ]);
    const again = await bench.setUp();
    expect(again).toMatchObject({ passwords: [], tokens: [] });
  });

  test('a second time changes nothing, and a changed name changes that alone', async () => {
    await bench.setUp();
    const before = await bench.rowCounts();
    const ids = await bench.store.db.selectFrom('service').select(['id', 'slug']).orderBy('slug').execute();
    await bench.setUp();
    const after = await bench.rowCounts();
    // Each run says the office to the desks.
    expect({ ...after, change: 0 }).toEqual({ ...before, change: 0 });
    expect(after['change']).toBe((before['change'] ?? 0) + 1);
    const changed = join(bench.folder, 'office.yaml');
    writeFileSync(changed, readFileSync(EXAMPLE, 'utf8').replace('name: Reclamos', 'name: Quejas'));
    await bench.adminJson(['setup', '--file', changed]);
    expect(await bench.store.db.selectFrom('service').select(['id', 'slug']).orderBy('slug').execute()).toEqual(ids);
    const { name } = await bench.store.db
      .selectFrom('service')
      .select('name')
      .where('slug', '=', 'reclamos')
      .executeTakeFirstOrThrow();
    expect(name).toBe('Quejas');
    const { body } = await bench.store.db
      .selectFrom('change')
      .select('body')
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow();
    expect(JSON.stringify(body)).toContain('Quejas');
  });

  test.each([
    ['letter: R', 'letter: C', 'branches.0: has the letter "C" twice'],
    ['timeZone: America/Bogota', 'timeZone: Bogota', 'branches.0.timeZone: is not the name of a time zone'],
    ['main: [caja]', 'main: [cajas]', 'agents.0: no branch of laura@telecable.example has the service "cajas"'],
    ['branches: [plaza] # the home first', 'branches: [playa]', 'agents.0.branches: there is no branch "playa"'],
    ['country: CO', 'country: CO\n  owner: me', 'company: unknown key "owner"'],
    ['slug: plaza', 'slug: plaza\n    slug: playa', 'unique'],
  ])('[B91] %s → %s is refused with the place in the file', async (from, to, message) => {
    const file = join(bench.folder, 'office.yaml');
    writeFileSync(file, readFileSync(EXAMPLE, 'utf8').replace(from, to));
    const { code, error } = await bench.admin(['setup', '--file', file]);
    expect(code).toBe(65);
    expect(error).toContain(message);
    expect(error).toContain(file);
  });
});

describe('a damaged office file', () => {
  const text = readFileSync(EXAMPLE, 'utf8');
  const utf16 = (mark: string): Buffer => Buffer.from(mark + text, 'utf16le');

  test.each([
    ['nothing', Buffer.from(''), /the file: /],
    ['half of it', Buffer.from(text.slice(0, text.indexOf('America/Bogota') + 9)), /branches\.0\.timeZone: /],
    ['a line broken off within a text', Buffer.from(`${text}\nintegrations: ["Página`), /line \d+/],
    ['UTF-16', utf16('\uFEFF'), /is not UTF-8/],
    ['UTF-16 without its mark', utf16(''), /is not UTF-8|NUL|the file|line \d+/],
    ['Latin-1', Buffer.from(text, 'latin1'), /is not UTF-8/],
    ['a key that stands there twice', Buffer.from(`${text}\nintegrations: []\nintegrations: []\n`), /unique.*line \d+/],
    ['a tab before a key', Buffer.from(text.replace('  slug:', '\tslug:')), /line \d+/],
    ['a thousand aliases', Buffer.from(`a: &a [x]\nb: [${'*a,'.repeat(1_000)}]\n`), /the file|alias/i],
  ])(
    '[B91] that is %s is named with its place; the office stays as it was, and the file too',
    async (_what, bytes, message) => {
      await bench.setUp();
      const before = await bench.rowCounts();
      const file = join(bench.folder, 'office.yaml');
      writeFileSync(file, bytes);
      const { code, error } = await bench.admin(['setup', '--file', file]);
      expect(code).toBe(65);
      expect(error).toContain(file);
      expect(error).toMatch(message);
      expect(error).not.toMatch(/^\s+at /m);
      expect(await bench.rowCounts()).toEqual(before);
      expect(readFileSync(file)).toEqual(bytes);
    },
  );

  test.each([
    ['a mark at its beginning', `\uFEFF${text}`],
    ['comments', `# of the branch\n${text} # end\n`],
    ['line ends of Windows', text.replaceAll('\n', '\r\n')],
  ])('[B91] %s are no fault', async (_what, content) => {
    const file = join(bench.folder, 'office.yaml');
    writeFileSync(file, content);
    expect((await bench.admin(['setup', '--file', file])).code).toBe(0);
  });
});

describe('user', () => {
  test('add gives a one-time password that must be changed, and tells the desks', async () => {
    await bench.setUp();
    const args = [
      'user',
      'add',
      '--email',
      'Nora@telecable.example',
      '--first-name',
      'Nora',
      '--branch',
      'plaza',
      '--main',
      'caja',
      'reclamos',
    ];
    const { email, password } = await bench.adminJson<{ email: string; password: string }>(args);
    expect(email).toBe('nora@telecable.example');
    expect(password).toMatch(/^[a-z2-9-]{19}$/);
    const agent = await bench.store.db
      .selectFrom('agent')
      .selectAll()
      .where('email', '=', email)
      .executeTakeFirstOrThrow();
    expect(agent).toMatchObject({ must_change_password: true, role: 'agent' });
    expect(
      await bench.store.db.selectFrom('agent_service').selectAll().where('agent_id', '=', agent.id).execute(),
    ).toHaveLength(2);
    const again = await bench.admin(args);
    expect(again).toMatchObject({ code: 1, error: 'nora@telecable.example is there already.\n' });
  });

  test('password and disable end the sessions', async () => {
    await bench.setUp();
    const { id } = await bench.store.db
      .selectFrom('agent')
      .select('id')
      .where('email', '=', 'laura@telecable.example')
      .executeTakeFirstOrThrow();
    const company = await bench.store.db.selectFrom('company').select('id').executeTakeFirstOrThrow();
    const openSession = async (): Promise<string> => {
      const device = crypto.randomUUID();
      const session = crypto.randomUUID();
      const secret_hash = Buffer.from(device);
      await bench.store.db
        .insertInto('device')
        .values({ id: device, company_id: company.id, branch_id: null, kind: 'desk', name: 'x', secret_hash })
        .execute();
      const values = {
        id: session,
        agent_id: id,
        device_id: device,
        token_hash: Buffer.from(session),
        branch_id: null,
        module_id: null,
      };
      await bench.store.db
        .insertInto('session')
        .values({ ...values, created_at: new Date(), expires_at: new Date(Date.now() + 1e6) })
        .execute();
      return session;
    };
    const endOf = (session: string) =>
      bench.store.db.selectFrom('session').select('end_cause').where('id', '=', session).executeTakeFirstOrThrow();
    const first = await openSession();
    await bench.adminJson(['user', 'password', 'laura@telecable.example']);
    expect(await endOf(first)).toEqual({ end_cause: 'revoked' });
    const second = await openSession();
    await bench.adminJson(['user', 'disable', 'laura@telecable.example']);
    expect(await endOf(second)).toEqual({ end_cause: 'disabled' });
    const { body } = await bench.store.db
      .selectFrom('change')
      .select('body')
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow();
    expect(JSON.stringify(body)).not.toContain('Laura');
  });

  test('somebody unknown is refused by name', async () => {
    await bench.setUp();
    expect(await bench.admin(['user', 'disable', 'nadie@x.example'])).toMatchObject({
      code: 1,
      error: 'There is no agent nadie@x.example.\n',
    });
  });
});

describe('desk', () => {
  const enrol = async (name: string): Promise<string> => {
    const { id: company_id } = await bench.store.db.selectFrom('company').select('id').executeTakeFirstOrThrow();
    const id = crypto.randomUUID();
    const values = { id, company_id, branch_id: null, kind: 'desk' as const, name, secret_hash: Buffer.from(id) };
    await bench.store.db.insertInto('device').values(values).execute();
    return id;
  };

  test('list names every desk and who signed in there last', async () => {
    await bench.setUp();
    const [first, second] = [await enrol('Mostrador 1'), await enrol('Mostrador 2')];
    const { id: agent_id } = await bench.store.db
      .selectFrom('agent')
      .select('id')
      .where('email', '=', 'laura@telecable.example')
      .executeTakeFirstOrThrow();
    const ofSession = { agent_id, device_id: second, branch_id: null, module_id: null };
    for (const created_at of [new Date(1_000), new Date(5_000)]) {
      const id = crypto.randomUUID();
      await bench.store.db
        .insertInto('session')
        .values({ ...ofSession, id, token_hash: Buffer.from(id), created_at, expires_at: new Date(9_000) })
        .execute();
    }
    const { desks } = await bench.adminJson<{ desks: object[] }>(['desk', 'list']);
    expect(desks).toMatchObject([
      { id: first, name: 'Mostrador 1', lastAgent: null, lastSignInAt: null, revokedAt: null },
      { id: second, name: 'Mostrador 2', lastAgent: 'laura@telecable.example', lastSignInAt: 5_000, revokedAt: null },
    ]);
    expect((await bench.admin(['desk', 'list'])).out).toMatch(
      /Mostrador 2 {2}laura@telecable\.example on 1970-01-01 00:00 UTC/,
    );
  });

  test('[T10] revoke lets a desk in no more, once, and is on record', async () => {
    await bench.setUp();
    const id = await enrol('Portátil perdido');
    const first = await bench.adminJson<{ revokedAt: number }>(['desk', 'revoke', id]);
    expect(await bench.adminJson(['desk', 'revoke', id])).toEqual(first);
    expect(await bench.adminJson(['desk', 'list'])).toMatchObject({ desks: [{ id, revokedAt: first.revokedAt }] });
    const audit = await bench.store.db.selectFrom('audit').select(['act', 'device_id', 'agent_id']).execute();
    expect(audit).toEqual([{ act: 'device.revoked', device_id: id, agent_id: null }]);
  });

  test('a desk that is none is refused by name', async () => {
    expect(await bench.admin(['desk', 'revoke', 'x'])).toMatchObject({
      code: 1,
      error: 'There is no desk x: see the verb desk list.\n',
    });
    expect((await bench.admin(['desk', 'list'])).out).toBe('No desk has been let in yet.\n');
  });
});

describe('guest', () => {
  test('[T30] says that nobody was reported, and refuses to lift what is no report', async () => {
    await bench.setUp();
    expect((await bench.admin(['guest', 'list'])).out).toBe('No guest has been reported.\n');
    expect(await bench.admin(['guest', 'unblock', 'x'])).toMatchObject({
      code: 1,
      error: 'There is no report x: see the verb guest list.\n',
    });
  });
});

describe('doctor', () => {
  test('finds nothing wrong with a fresh office, and changes nothing', async () => {
    await bench.setUp();
    const before = await bench.rowCounts();
    const { findings } = await bench.adminJson<{ findings: { check: string; state: string; detail: string }[] }>([
      'doctor',
    ]);
    expect(findings.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(await bench.rowCounts()).toEqual(before);
  });

  test('[B95] names each row that is set apart, and what the log lacks', async () => {
    await bench.setUp();
    const { db } = bench.store;
    const branch = await db.selectFrom('branch').select(['id', 'company_id']).executeTakeFirstOrThrow();
    const service = await db.selectFrom('service').select('id').executeTakeFirstOrThrow();
    const addTicket = async (number: number, header: string): Promise<string> => {
      const id = crypto.randomUUID();
      await db
        .insertInto('ticket')
        .values({
          id,
          company_id: branch.company_id,
          branch_id: branch.id,
          service_id: service.id,
          number,
          turn_code: `C-00${number}`,
          business_day: '2026-07-23',
          kind: 'turn',
          state: 'waiting',
          priority: 'normal',
          origin: 'api',
          outcome: null,
          header,
          waiting_since: new Date(),
          created_at: new Date(),
        })
        .execute();
      return id;
    };
    const [enumeration, nothing] = [await addTicket(1, '{"state":"flying"}'), await addTicket(2, 'null')];
    const event = crypto.randomUUID();
    await sql`INSERT INTO event (id, company_id, branch_id, ticket_id, fact, occurred_at, received_at)
      VALUES (${event}, ${branch.company_id}, ${branch.id}, ${nothing}, '{"type":"ticket.teleported"}', now(), now())`.execute(
      db,
    );
    await db.transaction().execute(async (tx) => {
      await sql`SET LOCAL session_replication_role = replica`.execute(tx);
      await sql`UPDATE ticket SET service_id = gen_random_uuid(), contact_id = gen_random_uuid(),
                  holder_id = gen_random_uuid() WHERE id = ${enumeration}`.execute(tx);
    });
    const stream = `branch:${branch.id}`;
    const entries = [1, 2, 3].map(() => ({ stream, rank: 2, body: { type: 'content.gone', ticketId: nothing } }));
    await sql`SELECT write_changes(${JSON.stringify(entries)}::jsonb)`.execute(db);
    await sql`DELETE FROM change WHERE stream = ${stream} AND seq = 2`.execute(db);
    const { code, out } = await bench.admin(['doctor']);
    expect(code).toBe(1);
    for (const line of [
      `FAILURE  tickets: the header of ticket ${enumeration} cannot be read`,
      `FAILURE  tickets: the header of ticket ${nothing} cannot be read`,
      ...['service', 'contact', 'holder'].map(
        (missing) => `FAILURE  tickets: the ${missing} of ticket ${enumeration} does not exist`,
      ),
      `FAILURE  tickets: line ${event} in the timeline of ticket ${nothing} cannot be read`,
      `warning  changes: 1 of ${stream} are missing: its desks start over there`,
    ]) {
      expect(out).toContain(line);
    }
    expect(out.match(/FAILURE/g)).toHaveLength(6);
  });
});

describe('the command line', () => {
  test('explains itself, with its exit codes', async () => {
    const { code, out } = await bench.admin(['--help']);
    expect(code).toBe(0);
    for (const word of [
      'setup',
      'user',
      'desk',
      'demo',
      'backup',
      'restore',
      'verify',
      'doctor',
      'Exit codes:',
      '65',
      '78',
    ]) {
      expect(out).toContain(word);
    }
  });

  test.each([[['nothing']], [['setup']], [['user', 'add', '--email', 'x']], [['backup', '--to']]])(
    '%j is a mistake in writing: exit 64',
    async (args) => {
      expect(await bench.admin(args)).toMatchObject({ code: 64, out: '' });
    },
  );

  test('[B94] a wrong variable is exit 78 and named', async () => {
    let error = '';
    const code = await runAdmin(['doctor'], {
      env: { VENTANILLA_DATABASE_URL: 'postgres://127.0.0.1:1/none', VENTANILLA_DATA: bench.folder },
      out: () => undefined,
      error: (text) => (error += text),
    });
    expect(code).toBe(78);
    expect(error).toMatch(/^VENTANILLA_DATABASE_URL: the database cannot be reached \(ECONNREFUSED\)$/);
  });
});
