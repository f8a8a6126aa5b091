import { beforeEach, expect, test } from 'vitest';
import { revokeDesk } from '../admin/desks.ts';
import { ask, seatAt, signInAt, TEST_PASSWORD, testServer, type TestServer } from '../testing/test-server.ts';
import { sessionBench } from './testing/session-bench.ts';

let server: TestServer;
const { stateOf, calling, sessionRow, statusOf } = sessionBench(() => server);
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

test('a desk that may work is answered without a word', async () => {
  const ana = await signInAt(server, 'ana@demo.test');
  const device = { authorization: `Device ${ana.deviceKey}` };
  expect((await ask(server, 'GET', '/v1/desk/device', undefined, device)).statusCode).toBe(204);
  expect((await ask(server, 'GET', '/v1/desk/device')).statusCode).toBe(401);
});
