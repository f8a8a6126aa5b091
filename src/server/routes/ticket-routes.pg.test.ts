import { afterAll, beforeAll, expect, test } from 'vitest';
import { IssuedTicket, KioskOffer } from '../../protocol/http/public-api.ts';
import { ask, testServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await testServer();
});

afterAll(() => server.close());

const bearer = (token: string | undefined): Record<string, string> => ({ authorization: `Bearer ${token}` });
const issue = (payload: object, headers: Record<string, string> = {}, branch = 'centro') =>
  ask(server, 'POST', `/v1/branches/${branch}/tickets`, payload, { ...bearer(server.deviceToken), ...headers });
const countTickets = async (): Promise<number> =>
  (await server.context.store.db.selectFrom('ticket').select('id').execute()).length;

test('[S2-20] a ticket is issued by the slug and by the exact name of its service', async () => {
  const bySlug = await issue({ service: 'soporte-tecnico' });
  expect(bySlug.statusCode).toBe(201);
  const first = IssuedTicket.parse(bySlug.json());
  expect(first).toMatchObject({ code: 'S-001', position: 1 });
  expect(first.turnUrl).toMatch(/^http:\/\/127\.0\.0\.1:7420\/turn#[\w-]{43}$/);
  const byName = IssuedTicket.parse((await issue({ service: 'Soporte técnico' })).json());
  expect(byName).toMatchObject({ code: 'S-002', number: first.number + 1, position: 2 });
  expect((await issue({ service: 'soporte tecnico' })).statusCode).toBe(404);
});

test('[B10] without a key each request is a ticket', async () => {
  const before = await countTickets();
  await issue({ service: 'caja' });
  await issue({ service: 'caja' });
  expect(await countTickets()).toBe(before + 2);
});

test('[B10] [R9] the same key and body is one ticket and one answer, also many at once', async () => {
  const before = await countTickets();
  const bodies = Array.from({ length: 20 }, (_, index) =>
    index % 2 === 0 ? { service: 'ventas', kind: 'turn' } : { kind: 'turn', service: 'ventas' },
  );
  const answers = await Promise.all(bodies.map((body) => issue(body, { 'idempotency-key': 'one' })));
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([201]));
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
  expect(await countTickets()).toBe(before + 1);
});

test('[B10] the same key with another body, or in another branch, is 422', async () => {
  await issue({ service: 'caja' }, { 'idempotency-key': 'two' });
  const other = await issue({ service: 'reclamos' }, { 'idempotency-key': 'two' });
  expect(other.statusCode).toBe(422);
  expect(other.json()).toMatchObject({ code: 'KEY_REUSED', retryable: false });
  expect((await issue({ service: 'caja' }, { 'idempotency-key': 'two' }, 'norte')).statusCode).toBe(422);
});

test('[B10] keys of two devices do not meet', async () => {
  const own = await issue({ service: 'caja' }, { 'idempotency-key': 'three' });
  const kiosk = await issue(
    { service: 'caja' },
    { 'idempotency-key': 'three', ...bearer(server.kioskTokens['centro']) },
  );
  expect(kiosk.statusCode).toBe(201);
  expect(kiosk.json<{ id: string }>().id).not.toBe(own.json<{ id: string }>().id);
});

test('[B10] a key of 300 characters is 400', async () => {
  const response = await issue({ service: 'caja' }, { 'idempotency-key': 'k'.repeat(300) });
  expect(response.statusCode).toBe(400);
  expect(response.json()).toMatchObject({ code: 'BAD_REQUEST', field: 'Idempotency-Key' });
});

test('[T20] a kiosk issues for its own branch alone; another does not exist for it', async () => {
  const centro = bearer(server.kioskTokens['centro']);
  expect((await issue({ service: 'caja' }, centro)).statusCode).toBe(201);
  for (const branch of ['norte', 'nowhere', 'demo.norte', 'other.centro']) {
    expect((await issue({ service: 'caja' }, centro, branch)).statusCode).toBe(404);
  }
  expect((await issue({ service: 'caja' }, centro, 'demo.centro')).statusCode).toBe(201);
  expect((await ask(server, 'GET', '/v1/branches/norte/kiosk', undefined, centro)).statusCode).toBe(404);
});

test.each([undefined, 'Bearer', 'Bearer nobody', 'Basic YTpi', 'Device nobody'])(
  'nobody issues tickets with "%s"',
  async (authorization) => {
    const headers = authorization === undefined ? {} : { authorization };
    const response = await ask(server, 'POST', '/v1/branches/centro/tickets', { service: 'caja' }, headers);
    expect(response.statusCode).toBe(401);
    expect(response.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
  },
);

test('a revoked kiosk is nobody', async () => {
  const { db } = server.context.store;
  const headers = bearer(server.kioskTokens['norte']);
  expect((await ask(server, 'GET', '/v1/branches/norte/kiosk', undefined, headers)).statusCode).toBe(200);
  await db
    .updateTable('device')
    .set({ revoked_at: new Date() })
    .where('kind', '=', 'kiosk')
    .where('branch_id', 'is not', null)
    .where('name', '=', 'Kiosco')
    .execute();
  expect((await ask(server, 'GET', '/v1/branches/norte/kiosk', undefined, headers)).statusCode).toBe(401);
  await db.updateTable('device').set({ revoked_at: null }).execute();
});

test('the kiosk is offered the services of its branch in their order', async () => {
  const offer = KioskOffer.parse(
    (await ask(server, 'GET', '/v1/branches/centro/kiosk', undefined, bearer(server.deviceToken))).json(),
  );
  expect(offer).toMatchObject({
    branchName: 'Sucursal Centro',
    companyName: 'Demo Telecom',
    isDemo: true,
    locale: 'es-CO',
  });
  const names = ['Caja', 'Reclamos', 'Ventas', 'Soporte técnico', 'Asesoría virtual'];
  expect(offer.services.map(({ name }) => name)).toEqual(names);
  expect(offer.services.map(({ kind }) => kind)).toEqual(names.map((_, at) => (at === 4 ? 'video' : 'counter')));
});
