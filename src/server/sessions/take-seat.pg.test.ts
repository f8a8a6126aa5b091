import { beforeEach, describe, expect, test } from 'vitest';
import { ask, seatAt, seatOf, signInAt, testServer, type TestServer } from '../testing/test-server.ts';
import { endExpiredSessions } from './end-session.ts';
import { redeemSocketTicket } from './socket-tickets.ts';
import { sessionBench } from './testing/session-bench.ts';

let server: TestServer;
const { db, agentId, sessionRow, statusOf, branchChanges, take, stateOf, calling } = sessionBench(() => server);

beforeEach(async () => {
  server = await testServer();
  return () => server.close();
});

describe('the session', () => {
  test('is worth nothing without the key of its own desk', async () => {
    const ana = await signInAt(server, 'ana@demo.test');
    const luis = await signInAt(server, 'luis@demo.test');
    const { authorization = '' } = ana.headers;
    for (const headers of [
      { authorization },
      { authorization, 'x-device': luis.deviceKey },
      { 'x-device': ana.deviceKey },
    ]) {
      const response = await take(headers, 'centro', 1);
      expect(response.statusCode).toBe(401);
      expect(response.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });

  test('lasts 12 hours, then its module is free', async () => {
    const ana = await seatAt(server, 'ana@demo.test', 'centro', 1);
    server.advance(12 * 3_600_000 + 1);
    expect((await take(ana.headers, 'centro', 2)).json()).toMatchObject({ code: 'SESSION_EXPIRED' });
    await endExpiredSessions(server.context);
    expect(await sessionRow(ana.sessionId)).toMatchObject({ end_cause: 'expired' });
    expect(await branchChanges('centro')).toContainEqual({
      type: 'presence.put',
      presence: expect.objectContaining({ agentId: await agentId('ana@demo.test'), moduleId: null }),
    });
  });

  test('[T13] of a disabled account is worth nothing at once', async () => {
    const ana = await seatAt(server, 'ana@demo.test', 'centro', 1);
    await db().updateTable('agent').set({ disabled_at: new Date() }).where('email', '=', 'ana@demo.test').execute();
    expect((await take(ana.headers, 'centro', 2)).json()).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('the seat', () => {
  test('[S2-08] is told to the branch, with the agent Fuera de línea', async () => {
    await seatAt(server, 'ana@demo.test', 'centro', 2);
    const { branchId, moduleId } = seatOf(server, 'centro', 2);
    const status = await statusOf('ana@demo.test');
    expect(status).toMatchObject({
      state: 'offline',
      cause: 'signIn',
      branch_id: branchId,
      module_id: moduleId,
    });
    expect((await branchChanges('centro')).at(-1)).toEqual({
      type: 'presence.put',
      presence: {
        branchId,
        moduleId,
        agentId: await agentId('ana@demo.test'),
        agentName: 'Ana Rojas',
        silentSince: status.seen_at?.getTime(),
      },
    });
    const luis = await signInAt(server, 'luis@demo.test');
    expect(luis.seats[0]?.modules[1]?.takenBy).toEqual({ agentId: await agentId('ana@demo.test'), name: 'Ana Rojas' });
  });

  test('that is taken is refused with the name of who sits there', async () => {
    await seatAt(server, 'ana@demo.test', 'centro', 2);
    const luis = await signInAt(server, 'luis@demo.test');
    const response = await take(luis.headers, 'centro', 2);
    expect(response.statusCode).toBe(409);
    expect(response.json()).toMatchObject({ code: 'MODULE_TAKEN', detail: 'Ana Rojas', field: 'moduleId' });
  });

  test('of two who want one module at once exactly one gets it', async () => {
    for (let place = 1; place <= 4; place += 1) {
      const [ana, luis] = await Promise.all([signInAt(server, 'ana@demo.test'), signInAt(server, 'luis@demo.test')]);
      const answers = await Promise.all([take(ana.headers, 'centro', place), take(luis.headers, 'centro', place)]);
      expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([204, 409]);
    }
  });

  test('at another desk ends the session at the first and gives its call back', async () => {
    const first = await calling('ana@demo.test');
    await seatAt(server, 'ana@demo.test', 'centro', 3);
    expect((await take(first.headers, 'centro', 1)).json()).toMatchObject({ code: 'SIGNED_IN_ELSEWHERE' });
    const ended = await db().selectFrom('session').select('end_cause').where('ended_at', 'is not', null).execute();
    expect(ended).toEqual([{ end_cause: 'signedInElsewhere' }]);
    expect(await stateOf(first.ticketId)).toBe('waiting');
  });

  test('may be changed, and the one before is free', async () => {
    const ana = await seatAt(server, 'ana@demo.test', 'centro', 1);
    expect((await take(ana.headers, 'centro', 2)).statusCode).toBe(204);
    expect((await take(ana.headers, 'centro', 2)).statusCode).toBe(204);
    const luis = await signInAt(server, 'luis@demo.test');
    expect((await take(luis.headers, 'centro', 1)).statusCode).toBe(204);
  });

  test.each([
    ['of a branch where the agent does not work', 'norte', 1, 'branchId'],
    ['of another branch than the one named', 'mixed', 1, 'moduleId'],
  ])('[T12] %s does not exist', async (_what, slug, place, field) => {
    const ana = await signInAt(server, 'ana@demo.test');
    const seat =
      slug === 'mixed'
        ? { branchId: seatOf(server, 'centro', 1).branchId, moduleId: seatOf(server, 'norte', 1).moduleId }
        : seatOf(server, slug, place);
    const response = await ask(server, 'POST', '/v1/sessions/current/seat', seat, ana.headers);
    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({ code: 'NOT_FOUND', field });
  });
});

describe('signing out', () => {
  test('[S2-52] frees the module and sets Fuera de línea', async () => {
    const ana = await seatAt(server, 'ana@demo.test', 'centro', 1);
    expect((await ask(server, 'DELETE', '/v1/sessions/current', undefined, ana.headers)).statusCode).toBe(204);
    expect(await statusOf('ana@demo.test')).toMatchObject({ state: 'offline', cause: 'signOut', module_id: null });
    expect(await sessionRow(ana.sessionId)).toMatchObject({ end_cause: 'signedOut' });
    expect((await branchChanges('centro')).at(-1)).toMatchObject({
      type: 'presence.put',
      presence: { agentName: 'Ana Rojas', moduleId: null },
    });
    expect((await take((await signInAt(server, 'luis@demo.test')).headers, 'centro', 1)).statusCode).toBe(204);
  });

  test('[S2-53] is refused while a customer is called or attended', async () => {
    const ana = await calling('ana@demo.test');
    const response = await ask(server, 'DELETE', '/v1/sessions/current', undefined, ana.headers);
    expect(response.statusCode).toBe(409);
    expect(response.json()).toMatchObject({ code: 'BUSY_AGENT' });
    expect((await statusOf('ana@demo.test')).module_id).not.toBeNull();
  });
});

describe('the ticket for a socket', () => {
  const ticketFor = async (headers: Record<string, string>): Promise<string> =>
    (await ask(server, 'POST', '/v1/sessions/current/socket-tickets', {}, headers)).json<{ ticket: string }>().ticket;
  const deviceId = (deviceKey: string): string => deviceKey.split('.')[0] ?? '';

  test('[T14] is good once, on its own desk', async () => {
    const ana = await seatAt(server, 'ana@demo.test', 'centro', 1);
    const luis = await seatAt(server, 'luis@demo.test', 'centro', 2);
    const ticket = await ticketFor(ana.headers);
    const session = await redeemSocketTicket(server.context, ticket, deviceId(ana.deviceKey));
    expect(session).toMatchObject({ sessionId: ana.sessionId, branchId: seatOf(server, 'centro', 1).branchId });
    expect(await redeemSocketTicket(server.context, ticket, deviceId(ana.deviceKey))).toBeNull();
    expect(await redeemSocketTicket(server.context, await ticketFor(ana.headers), deviceId(luis.deviceKey))).toBeNull();
  });

  test('[T14] is good for 30 seconds', async () => {
    const ana = await seatAt(server, 'ana@demo.test', 'centro', 1);
    const ticket = await ticketFor(ana.headers);
    server.advance(30_001);
    expect(await redeemSocketTicket(server.context, ticket, deviceId(ana.deviceKey))).toBeNull();
    expect(await db().selectFrom('socket_ticket').selectAll().execute()).toEqual([]);
  });

  test('is not given without a seat', async () => {
    const ana = await signInAt(server, 'ana@demo.test');
    const response = await ask(server, 'POST', '/v1/sessions/current/socket-tickets', {}, ana.headers);
    expect(response.json()).toMatchObject({ code: 'WRONG_STATE' });
  });
});
