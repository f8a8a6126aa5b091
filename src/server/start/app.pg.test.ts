import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { spanish } from '../../texts/spanish.ts';
import { ask, testServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await testServer();
});

beforeEach(() => {
  // A few minutes later nobody is remembered for having been refused.
  server.advance(180_000);
});

afterAll(() => server.close());

const token = (): Record<string, string> => ({ authorization: `Bearer ${server.deviceToken}` });
const post = (payload: string, headers: Record<string, string> = {}) =>
  server.app.inject({
    method: 'POST',
    url: '/v1/branches/centro/tickets',
    payload,
    headers: { ...token(), 'content-type': 'application/json', ...headers },
  });

describe('bad input', () => {
  test('[B1] a truncated body is BAD_JSON with its position', async () => {
    const response = await post('{"service":"caja","kind"');
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({
      code: 'BAD_JSON',
      title: spanish.errors.BAD_JSON,
      detail: 'JSON: 24',
      retryable: false,
    });
    expect((await post('{"service":"caja",}')).json()).toMatchObject({ detail: 'JSON: 18' });
  });

  test.each([
    '{"__proto__":{"admin":true},"service":"caja"}',
    '{"service":"caja","contact":{"constructor":{"prototype":{"admin":true}}}}',
    '{"service":"caja","\\u005f_proto__":{"admin":true}}',
  ])('[B2] %s is BAD_JSON and no prototype is touched', async (body) => {
    const response = await post(body);
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ code: 'BAD_JSON' });
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test.each([['text/plain'], ['application/x-www-form-urlencoded'], ['']])(
    '[B4] a body of type "%s" is 415 and told what is expected',
    async (type) => {
      const headers: Record<string, string> = type === '' ? {} : { 'content-type': type };
      const response = await server.app.inject({
        method: 'POST',
        url: '/v1/branches/centro/tickets',
        payload: Buffer.from('{"service":"caja"}'),
        headers: { ...token(), ...headers },
      });
      expect(response.statusCode).toBe(415);
      expect(response.json()).toMatchObject({ code: 'UNSUPPORTED_MEDIA', detail: 'application/json' });
    },
  );

  test('[B5] an unknown field is refused by name, also inside another', async () => {
    expect((await post('{"service":"caja","role":"admin"}')).json()).toMatchObject({
      code: 'UNKNOWN_FIELD',
      field: 'role',
    });
    expect((await post('{"service":"caja","contact":{"isVip":true}}')).json()).toMatchObject({
      code: 'UNKNOWN_FIELD',
      field: 'contact.isVip',
    });
    // Nothing of it was done: no ticket was made beside the refusal.
    expect(await server.context.store.db.selectFrom('ticket').select('id').execute()).toEqual([]);
  });

  test.each(['PUT', 'DELETE', 'PATCH'] as const)(
    '[B7] %s where only POST is known is 405 with Allow',
    async (method) => {
      const response = await ask(server, method, '/v1/branches/centro/tickets', undefined, token());
      expect(response.statusCode).toBe(405);
      expect(response.headers['allow']).toBe('POST');
      expect(response.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
    },
  );

  test('[B7] TRACE is 405, and a method named in a header is not believed', async () => {
    const trace = await server.app.inject({ method: 'TRACE' as 'GET', url: '/livez' });
    expect(trace.statusCode).toBe(405);
    expect(trace.headers['allow']).toBe('GET, HEAD');
    const put = await ask(server, 'PUT', '/v1/branches/centro/kiosk', {}, token());
    expect([put.statusCode, put.headers['allow']]).toEqual([405, 'GET, HEAD']);
    const overridden = await ask(server, 'GET', '/v1/sessions/current', undefined, {
      'x-http-method-override': 'DELETE',
    });
    expect(overridden.statusCode).toBe(405);
    expect(overridden.headers['allow']).toBe('DELETE');
  });

  test.each([
    { service: { $ne: '' } },
    { service: ['caja'] },
    { service: "caja' OR 1=1 --", kind: { toString: 'turn' } },
    { service: 'caja', contact: 'x' },
    { service: 1 },
    [],
    null,
  ])('[T16] %j where other shapes belong is 400', async (body) => {
    const response = await post(JSON.stringify(body));
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('[B38] control characters and lone surrogates are refused before the database sees them', async () => {
    const withNul = await post('{"service":"caja","contact":{"firstName":"a\\u0000b"}}');
    expect(withNul.statusCode).toBe(422);
    expect(withNul.json()).toMatchObject({ code: 'CONTROL_CHARS', field: 'contact.firstName' });
    expect((await post('{"service":"caja","contact":{"firstName":"a\\ud800"}}')).statusCode).toBe(422);
    expect((await post('{"service":"a\\u0000b"}')).statusCode).toBeLessThan(500);
  });

  test.each([
    ['GET', '/v1/branches/a%00b/kiosk', undefined],
    ['POST', '/v1/branches/a%00b/tickets', { service: 'caja' }],
    ['GET', '/kiosk/a%00b', undefined],
    ['GET', '/display/a%00b', undefined],
    ['GET', '/turn/a%00b', undefined],
    ['GET', '/receipt/a%00b', undefined],
    ['POST', '/v1/sessions', { email: 'a\u0000b', password: 'x'.repeat(12), deskName: 'Mostrador' }],
    ['POST', '/v1/sessions', { email: 'a@demo.test', password: 'x'.repeat(12), deskName: 'a\u0000b' }],
  ] as const)('[B38] a NUL in %s %s finds nothing, and is no failure of ours', async (method, url, body) => {
    const { statusCode } = await ask(server, method, url, body);
    expect(statusCode).toBeGreaterThanOrEqual(200);
    expect(statusCode).toBeLessThan(500);
  });

  test('a body over 256 KiB is 413', async () => {
    const response = await post(JSON.stringify({ service: 'x'.repeat(256 * 1024) }));
    expect(response.statusCode).toBe(413);
    expect(response.json()).toMatchObject({ code: 'TOO_LARGE' });
  });

  test('an address that is none is refused in our shape', async () => {
    const response = await server.app.inject({ method: 'GET', url: '/%zz' });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('errors', () => {
  test.each([
    ['pt-BR,pt;q=0.9,en;q=0.8', 'pt', 'Não foi encontrado'],
    ['fr, en;q=0.3, es;q=0.1', 'en', 'It was not found'],
    ['de', 'es', 'No se encontró'],
  ])('speak the language of who asks: %s', async (accept, language, beginning) => {
    const response = await ask(server, 'GET', '/nowhere', undefined, { 'accept-language': accept });
    expect(response.statusCode).toBe(404);
    expect(response.headers['content-language']).toBe(language);
    expect(response.json<{ title: string }>().title).toMatch(new RegExp(`^${beginning}`));
  });

  test('carry the id under which the server logged the request', async () => {
    const response = await ask(server, 'GET', '/nowhere');
    expect(response.json<{ requestId: string }>().requestId).toBe(response.headers['x-request-id']);
  });

  test('[T15] say nothing of the inside when the server fails', async () => {
    const broken = await testServer();
    await broken.context.store.close();
    const response = await ask(broken, 'GET', '/v1/branches/centro/kiosk', undefined, {
      authorization: `Bearer ${broken.deviceToken}`,
    });
    expect(response.statusCode).toBe(500);
    expect(Object.keys(response.json<object>()).toSorted()).toEqual(['code', 'requestId', 'retryable', 'title']);
    expect(response.body).not.toMatch(/kysely|select|driver|destroy|\.ts|node_modules/i);
    const probe = await ask(broken, 'GET', '/readyz');
    expect(probe.statusCode).toBe(503);
    expect(probe.json()).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    await broken.app.close();
    await broken.database.drop();
  });
});

describe('headers', () => {
  test('[T7] pages and answers run no script but our own and stand in no frame', async () => {
    const { headers } = await ask(server, 'GET', '/livez');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';media-src 'self';" +
        "connect-src 'self';frame-ancestors 'none';base-uri 'none';form-action 'none'",
    );
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['x-powered-by']).toBeUndefined();
  });

  test('what carries data is kept in no cache', async () => {
    const response = await ask(server, 'GET', '/v1/branches/centro/kiosk', undefined, token());
    expect(response.headers['cache-control']).toBe('no-store');
  });
});
