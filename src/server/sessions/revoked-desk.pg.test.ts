import { beforeEach, expect, test } from 'vitest';
import { revokeDesk } from '../admin/desks.ts';
import { readOpenSessions } from '../store/session-rows.ts';
import { lockStatuses } from '../store/status-rows.ts';
import { someoneWaits } from '../testing/open-server.ts';
import { ask, seatAt, signInAt, TEST_PASSWORD, testServer, type TestServer } from '../testing/test-server.ts';
import { sessionBench } from './testing/session-bench.ts';

let server: TestServer;
const { agentId, branchChanges, calling, db, sessionRow, stateOf, statusOf, take } = sessionBench(() => server);
beforeEach(async () => {
  server = await testServer();
  return () => server.close();
});

const idOf = (deviceKey: string): string => deviceKey.split('.')[0] ?? '';
const credentials = { email: 'ana@demo.test', password: TEST_PASSWORD, deskName: 'Mostrador' };
/** Everything that a desk asks over HTTP. */
const questions = (headers: Record<string, string>, deviceKey: string) => {
  const device = { authorization: `Device ${deviceKey}` };
  return [
    ['POST', '/v1/sessions', credentials, device],
    ['GET', '/v1/desk/device', undefined, device],
    ['POST', '/v1/desk/commands', { commands: [] }, device],
    ['POST', '/v1/desk/blocks', { services: [] }, headers],
    ['POST', '/v1/sessions/current/socket-tickets', {}, headers],
    ['DELETE', '/v1/sessions/current', undefined, headers],
  ] as const;
};

test('[T10] a desk that was revoked is told so, whatever it asks', async () => {
  const ana = await seatAt(server, 'ana@demo.test', 'centro', 1);
  await revokeDesk(server.context, idOf(ana.deviceKey));
  for (const [method, url, body, headers] of questions(ana.headers, ana.deviceKey)) {
    const response = await ask(server, method, url, body, headers);
    expect([url, response.statusCode, response.json<{ code: string }>().code]).toEqual([url, 403, 'DESK_REVOKED']);
  }
});

test('[T10] whoever does not show its secret is not told: it is unauthenticated like any other', async () => {
  const ana = await seatAt(server, 'ana@demo.test', 'centro', 1);
  const luis = await signInAt(server, 'luis@demo.test');
  await revokeDesk(server.context, idOf(ana.deviceKey));
  const wrong = `${idOf(ana.deviceKey)}.${luis.deviceKey.split('.')[1]}`;
  for (const [method, url, body, headers] of questions({ ...ana.headers, 'x-device': wrong }, wrong)) {
    const response = await ask(server, method, url, body, headers);
    expect([url, response.statusCode, response.json<{ code: string }>().code]).toEqual([url, 401, 'UNAUTHENTICATED']);
  }
});

test('[T13] its session ends, its module is free and a call that nobody answered goes back', async () => {
  const ana = await calling('ana@demo.test');
  await revokeDesk(server.context, idOf(ana.deviceKey));
  expect(await stateOf(ana.ticketId)).toBe('waiting');
  expect(await statusOf('ana@demo.test')).toMatchObject({ state: 'offline', module_id: null });
  const luis = await seatAt(server, 'luis@demo.test', 'centro', 1);
  expect(await sessionRow(luis.sessionId)).toMatchObject({ ended_at: null });
});

/** Both wait for the status of these agents, in this order, and then go on. */
async function inOrder(emails: string[], first: () => Promise<unknown>, second: () => Promise<unknown>): Promise<void> {
  const ids = await Promise.all(emails.map(agentId));
  const under = await db()
    .transaction()
    .execute(async (tx) => {
      await lockStatuses(tx, ids, server.context.clock());
      const begun = [first()];
      await someoneWaits(server, 1);
      begun.push(second());
      await someoneWaits(server, 2);
      return begun;
    });
  await Promise.all(under);
}

test.each([
  ['is revoked', (deviceKey: string) => revokeDesk(server.context, idOf(deviceKey))],
  ['serves another agent', (deviceKey: string) => signInAt(server, 'luis@demo.test', deviceKey)],
])('[T13] a seat that is taken just as the desk %s is given up', async (_what, end) => {
  const ana = await signInAt(server, 'ana@demo.test');
  await inOrder(
    ['ana@demo.test'],
    async () => expect((await take(ana.headers, 'centro', 1)).statusCode).toBe(204),
    () => end(ana.deviceKey),
  );
  expect(await sessionRow(ana.sessionId)).toMatchObject({
    ended_at: expect.any(Date) as Date,
    branch_id: expect.any(String) as string,
  });
  expect(await statusOf('ana@demo.test')).toMatchObject({ state: 'offline', branch_id: null, module_id: null });
  const presence = (await branchChanges('centro')).findLast(({ type }) => type === 'presence.put');
  expect(presence).toMatchObject({ presence: { moduleId: null } });
});

test('[T13] of two who sign in at one desk at once, one is signed in', async () => {
  const { deviceKey } = await signInAt(server, 'ana@demo.test');
  await signInAt(server, 'luis@demo.test', deviceKey);
  await inOrder(
    ['ana@demo.test', 'luis@demo.test'],
    () => signInAt(server, 'ana@demo.test', deviceKey),
    () => signInAt(server, 'luis@demo.test', deviceKey),
  );
  expect(await readOpenSessions(db(), { deviceId: idOf(deviceKey) })).toHaveLength(1);
});

test('a desk that may work is answered without a word', async () => {
  const ana = await signInAt(server, 'ana@demo.test');
  const device = { authorization: `Device ${ana.deviceKey}` };
  expect((await ask(server, 'GET', '/v1/desk/device', undefined, device)).statusCode).toBe(204);
  expect((await ask(server, 'GET', '/v1/desk/device')).statusCode).toBe(401);
});
