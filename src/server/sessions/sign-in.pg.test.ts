import { beforeEach, describe, expect, test } from 'vitest';
import { ask, signInAt, TEST_PASSWORD, testServer, type TestServer } from '../testing/test-server.ts';
import { hashSecret } from './secrets.ts';
import { sessionBench } from './testing/session-bench.ts';

let server: TestServer;
const { db, sessionRow, statusOf, take, signIn, stateOf, calling } = sessionBench(() => server);

beforeEach(async () => {
  server = await testServer();
  return () => server.close();
});

describe('signing in', () => {
  test('[S2-11] enrols the desk once and offers the own branch with its modules', async () => {
    const ana = await signInAt(server, 'ANA@demo.test');
    expect(ana.device?.secret).toMatch(/^[\w-]{43}$/);
    expect(ana).toMatchObject({
      companyName: 'Demo Telecom',
      isDemo: true,
      agent: { role: 'agent', mustChangePassword: false },
    });
    expect(ana.seats.map(({ branchName }) => branchName)).toEqual(['Sucursal Centro']);
    expect(ana.seats[0]?.modules.map(({ name, takenBy }) => [name, takenBy])).toEqual([
      ['Módulo 1', null],
      ['Módulo 2', null],
      ['Módulo 3', null],
      ['Módulo 4', null],
    ]);
    expect((await signInAt(server, 'ana@demo.test', ana.deviceKey)).device).toBeNull();
  });

  test('a supervisor may sit in every branch, the home first', async () => {
    const sofia = await signInAt(server, 'sofia@demo.test');
    expect(sofia.seats.map(({ branchName }) => branchName)).toEqual(['Sucursal Centro', 'Sucursal Norte', 'Central']);
  });

  test('[T27] neither the desk’s key nor the session’s token nor the password is kept', async () => {
    const ana = await signInAt(server, 'ana@demo.test');
    const device = await db()
      .selectFrom('device')
      .selectAll()
      .where('id', '=', ana.device?.id ?? '')
      .executeTakeFirstOrThrow();
    expect(device.secret_hash).toEqual(hashSecret(ana.device?.secret ?? ''));
    expect((await sessionRow(ana.sessionId)).token_hash).toEqual(hashSecret(ana.sessionToken));
    const { password_hash: hash } = await db()
      .selectFrom('agent')
      .select('password_hash')
      .where('email', '=', 'ana@demo.test')
      .executeTakeFirstOrThrow();
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test('[T27] a wrong password, an unknown and a disabled account get one answer', async () => {
    await db().updateTable('agent').set({ disabled_at: new Date() }).where('email', '=', 'luis@demo.test').execute();
    const answers = await Promise.all([
      signIn('ana@demo.test', 'nada'),
      signIn('nadie@demo.test', TEST_PASSWORD),
      signIn('luis@demo.test', TEST_PASSWORD),
    ]);
    const told = answers.map((answer) => ({ ...answer.json<object>(), requestId: '', status: answer.statusCode }));
    expect(told[0]).toMatchObject({ code: 'WRONG_CREDENTIALS', status: 401 });
    expect(told[1]).toEqual(told[0]);
    expect(told[2]).toEqual(told[0]);
  });

  test('[T27] an unknown account takes as long as a known one', async () => {
    const timed = async (email: string): Promise<number> => {
      const from = performance.now();
      await signIn(email, 'nada');
      return performance.now() - from;
    };
    await timed('nadie@demo.test');
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      known.push(await timed('ana@demo.test'));
      unknown.push(await timed(`nadie${round}@demo.test`));
    }
    const median = (times: number[]): number => times.toSorted((a, b) => a - b)[3] ?? 0;
    expect(median(unknown) / median(known)).toBeGreaterThan(0.5);
    expect(median(unknown) / median(known)).toBeLessThan(2);
  });

  test('[T27] after 20 wrong tries the account is closed for a while, for the right password too', async () => {
    for (let count = 0; count < 20; count += 1) expect((await signIn('ana@demo.test', 'nada')).statusCode).toBe(401);
    const refused = await signIn('ana@demo.test', TEST_PASSWORD);
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(60);
    server.advance(30 * 60_000);
    expect((await signIn('ana@demo.test', TEST_PASSWORD)).statusCode).toBe(201);
  });

  test('[T27] right passwords are not counted as tries', async () => {
    for (let count = 0; count < 25; count += 1)
      expect((await signIn('ana@demo.test', TEST_PASSWORD)).statusCode).toBe(201);
  });

  test('a key that is not ours is refused rather than enrolled anew', async () => {
    const { deviceKey } = await signInAt(server, 'ana@demo.test');
    const wrong = `${deviceKey.slice(0, -1)}${deviceKey.endsWith('A') ? 'B' : 'A'}`;
    const response = await ask(
      server,
      'POST',
      '/v1/sessions',
      { email: 'ana@demo.test', password: TEST_PASSWORD, deskName: 'x' },
      { authorization: `Device ${wrong}` },
    );
    expect(response.statusCode).toBe(401);
    expect(response.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('again at the same desk ends the session before and keeps the call', async () => {
    const before = await calling('ana@demo.test');
    const again = await signInAt(server, 'ana@demo.test', before.deviceKey);
    const socket = await ask(server, 'POST', '/v1/sessions/current/socket-tickets', {}, before.headers);
    expect(socket.json()).toMatchObject({ code: 'SIGNED_IN_ELSEWHERE' });
    expect(await stateOf(before.ticketId)).toBe('calling');
    expect((await take(again.headers, 'centro', 1)).statusCode).toBe(204);
  });

  test('somebody else at the same desk ends the session before and gives the call back', async () => {
    const ana = await calling('ana@demo.test');
    await signInAt(server, 'luis@demo.test', ana.deviceKey);
    expect(await stateOf(ana.ticketId)).toBe('waiting');
    expect((await statusOf('ana@demo.test')).state).toBe('offline');
  });
});

describe('the password', () => {
  const change = (headers: Record<string, string>, current: string, next: string) =>
    ask(server, 'POST', '/v1/sessions/current/password', { current, next }, headers);

  test('[T13] changed here ends the sessions elsewhere and not this one', async () => {
    const there = await signInAt(server, 'ana@demo.test');
    const here = await signInAt(server, 'ana@demo.test');
    expect((await change(here.headers, TEST_PASSWORD, 'tres gatos verdes')).statusCode).toBe(204);
    expect((await take(there.headers, 'centro', 1)).json()).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await take(here.headers, 'centro', 1)).statusCode).toBe(204);
    expect((await signIn('ana@demo.test', TEST_PASSWORD)).statusCode).toBe(401);
    expect((await signIn('ana@demo.test', 'tres gatos verdes')).statusCode).toBe(201);
  });

  test('needs the present one, and another that is not weak', async () => {
    const ana = await signInAt(server, 'ana@demo.test');
    expect((await change(ana.headers, 'nada', 'tres gatos verdes')).json()).toMatchObject({
      code: 'WRONG_CREDENTIALS',
      field: 'current',
    });
    expect((await change(ana.headers, TEST_PASSWORD, 'corta')).json()).toMatchObject({
      code: 'WEAK_PASSWORD',
      field: 'next',
    });
    expect((await change(ana.headers, TEST_PASSWORD, TEST_PASSWORD)).json()).toMatchObject({ code: 'WEAK_PASSWORD' });
  });

  test('[T27] that was given once must be changed before sitting down', async () => {
    await db().updateTable('agent').set({ must_change_password: true }).where('email', '=', 'ana@demo.test').execute();
    const ana = await signInAt(server, 'ana@demo.test');
    expect(ana.agent.mustChangePassword).toBe(true);
    expect((await take(ana.headers, 'centro', 1)).json()).toMatchObject({ code: 'FORBIDDEN', field: 'password' });
    await change(ana.headers, TEST_PASSWORD, 'tres gatos verdes');
    expect((await take(ana.headers, 'centro', 1)).statusCode).toBe(204);
  });
});
