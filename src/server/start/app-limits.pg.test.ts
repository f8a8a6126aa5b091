import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ask, testServer, type TestServer } from '../testing/test-server.ts';
import { LEAST_FREE_BYTES } from './disk-guard.ts';

let server: TestServer;
let isFull = false;
let isStopping = false;

beforeAll(async () => {
  server = await testServer({
    disk: { isFull: () => Promise.resolve(isFull) },
    isStopping: () => isStopping,
    requestTimeoutMs: 400,
  });
});

beforeEach(() => {
  isFull = false;
  isStopping = false;
  // A minute later nobody is remembered for having been refused.
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

describe('limits', () => {
  test('[T31] 1,000 tickets a minute from one source are held at 600, and another source goes on', async () => {
    const flood = await testServer();
    const issue = (branch: string, payload: object) =>
      ask(flood, 'POST', `/v1/branches/${branch}/tickets`, payload, {
        authorization: `Bearer ${flood.kioskTokens[branch]}`,
      }).then(({ statusCode }) => statusCode);
    const codes = new Map<number, number>();
    for (let index = 0; index < 1_000; index += 1) {
      // Bad ones count as well: the limit comes before the work.
      const code = await issue('centro', index % 100 === 0 ? { service: 'caja' } : { service: 1 });
      codes.set(code, (codes.get(code) ?? 0) + 1);
      if (index % 200 === 199) flood.advance(10_000);
    }
    expect(Object.fromEntries(codes)).toEqual({ 201: 6, 400: 594, 429: 400 });
    expect(await issue('norte', { service: 'caja' })).toBe(201);
    await flood.close();
  });

  test('[T27] who is refused again and again is sent away for a while', async () => {
    const guess = () => ask(server, 'GET', '/v1/branches/centro/kiosk', undefined, { authorization: 'Bearer wrong' });
    const codes = new Set<number>();
    for (let index = 0; index < 320; index += 1) codes.add((await guess()).statusCode);
    expect([...codes]).toEqual([401, 429]);
    const refused = await guess();
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS', retryable: true });
    server.advance(180_000);
    expect((await guess()).statusCode).toBe(401);
  });

  test('[T22] a forwarded address is believed only from a named proxy', async () => {
    const behind = await testServer({ trustedProxies: ['127.0.0.1'] });
    const guess = (target: TestServer, from: string) =>
      ask(target, 'GET', '/nowhere', undefined, { 'x-forwarded-for': from }).then(({ statusCode }) => statusCode);
    for (let index = 0; index < 300; index += 1) await guess(server, `203.0.113.${index % 250}`);
    expect(await guess(server, '198.51.100.1')).toBe(429);
    for (let index = 0; index < 300; index += 1) await guess(behind, '203.0.113.7');
    expect(await guess(behind, '203.0.113.7')).toBe(429);
    expect(await guess(behind, '198.51.100.1')).toBe(404);
    await behind.close();
  });
});

describe('slow requests', () => {
  async function answerTo(text: string): Promise<string> {
    const { port } = server.app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    let said = '';
    socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
    socket.write(text);
    await once(socket, 'close');
    return said;
  }

  beforeAll(async () => {
    await server.app.listen({ host: '127.0.0.1', port: 0 });
  });

  test.each([
    ['headers', 'GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: '],
    [
      'a body',
      'POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"e',
    ],
  ])('[B8] %s that do not come in are answered 408 and cut off', async (_what, text) => {
    const said = await answerTo(text);
    expect(said).toMatch(/^HTTP\/1\.1 408 /);
    expect(said).toContain('"code":"TIMEOUT"');
  });

  test.each([
    ['a header', 'GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: '],
    [
      'a body',
      'POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{',
    ],
  ])(
    '[B8] %s that comes byte by byte is cut off all the same, and others are answered meanwhile',
    async (_what, text) => {
      const { port } = server.app.server.address() as AddressInfo;
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      let said = '';
      socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
      socket.write(text);
      const codes: number[] = [];
      const closed = once(socket, 'close').then(() => true);
      // A byte with each answer that somebody else gets.
      for (let isOver = false; !isOver; isOver = await Promise.race([closed, Promise.resolve(false)])) {
        codes.push((await fetch(`http://127.0.0.1:${port}/livez`)).status);
        if (socket.writable) socket.write('a');
      }
      expect(said).toMatch(/^HTTP\/1\.1 408 /);
      expect(codes.length).toBeGreaterThan(3);
      expect(new Set(codes)).toEqual(new Set([200]));
    },
  );

  test('[B8] unless told otherwise a request has ten seconds, headers and body alike', async () => {
    const usual = await testServer();
    expect(usual.app.server).toMatchObject({ headersTimeout: 10_000, requestTimeout: 10_000 });
    await usual.close();
  });

  test('what is no HTTP is answered 400 and cut off', async () => {
    expect(await answerTo('HELO\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*"code":"BAD_REQUEST"/s);
  });
});

describe('health', () => {
  test('ready means that database and disk are', async () => {
    expect((await ask(server, 'GET', '/livez')).statusCode).toBe(200);
    expect((await ask(server, 'GET', '/readyz')).statusCode).toBe(200);
  });

  test('[R8] a server that stops is ready no more', async () => {
    isStopping = true;
    expect((await ask(server, 'GET', '/readyz')).statusCode).toBe(503);
    expect((await ask(server, 'GET', '/livez')).statusCode).toBe(200);
  });

  test('[R13] with a full disk nothing is written and reading goes on', async () => {
    isFull = true;
    expect((await ask(server, 'GET', '/readyz')).statusCode).toBe(507);
    const refused = await post('{"service":"caja"}');
    expect(refused.statusCode).toBe(507);
    expect(refused.json()).toMatchObject({ code: 'DISK_FULL', retryable: true });
    expect((await ask(server, 'GET', '/v1/branches/centro/kiosk', undefined, token())).statusCode).toBe(200);
    expect(LEAST_FREE_BYTES).toBe(209_715_200);
    isFull = false;
    expect((await post('{"service":"caja"}')).statusCode).toBe(201);
  });

  test('[T14] figures are for this machine itself by its own name, or for who has the token', async () => {
    const local = await ask(server, 'GET', '/metrics');
    expect(local.statusCode).toBe(200);
    expect(local.body).toContain(
      'ventanilla_http_request_seconds_count{method="POST",route="/v1/branches/:branch/tickets"',
    );
    const proxied = await ask(server, 'GET', '/metrics', undefined, { 'x-forwarded-for': '203.0.113.9' });
    expect(proxied.statusCode).toBe(404);
    const rebound = await ask(server, 'GET', '/metrics', undefined, { host: 'rebound.test:7420' });
    expect(rebound.statusCode).toBe(404);
    const behind = await testServer({ trustedProxies: ['127.0.0.1'] });
    const named = { host: 'rebound.test:7420', 'x-forwarded-host': 'localhost' };
    expect((await ask(behind, 'GET', '/metrics', undefined, named)).statusCode).toBe(404);
    expect((await ask(behind, 'GET', '/metrics', undefined, { host: 'rebound.test:7420' })).statusCode).toBe(404);
    expect((await ask(behind, 'GET', '/metrics', undefined, { 'x-forwarded-host': 'localhost' })).statusCode).toBe(404);
    for (const host of ['localhost:7420', '127.0.0.1', '[::1]:7420']) {
      expect((await ask(behind, 'GET', '/metrics', undefined, { host })).statusCode).toBe(200);
    }
    await behind.close();
    const away = await server.app.inject({ url: '/metrics', remoteAddress: '203.0.113.9' });
    expect(away.statusCode).toBe(404);
    const withToken = (given: string) =>
      server.app.inject({
        url: '/metrics',
        remoteAddress: '203.0.113.9',
        headers: { authorization: `Bearer ${given}` },
      });
    expect((await withToken('figures')).statusCode).toBe(200);
    expect((await withToken('guess')).statusCode).toBe(404);
  });
});

describe('the description of the interface', () => {
  test('names every call, from the schemas that check it', async () => {
    const api = (await ask(server, 'GET', '/openapi.json')).json<{
      openapi: string;
      paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: object }> } }>>;
    }>();
    expect(api.openapi).toBe('3.1.0');
    expect(Object.keys(api.paths).toSorted()).toEqual([
      '/livez',
      '/readyz',
      '/v1/branches/{branch}/kiosk',
      '/v1/branches/{branch}/tickets',
      '/v1/desk/blocks',
      '/v1/desk/branches/{branch}/images/{sha256}',
      '/v1/desk/commands',
      '/v1/desk/contacts',
      '/v1/desk/device',
      '/v1/desk/files/{file}',
      '/v1/desk/files/{file}/content',
      '/v1/desk/files/{file}/preview',
      '/v1/desk/tickets/{ticket}/colleagues',
      '/v1/desk/tickets/{ticket}/content',
      '/v1/desk/tickets/{ticket}/guest-links',
      '/v1/desk/uploads',
      '/v1/desk/uploads/{upload}',
      '/v1/desk/uploads/{upload}/complete',
      '/v1/guest/consents/{id}/answer',
      '/v1/guest/consents/{id}/opened',
      '/v1/guest/consents/{id}/read',
      '/v1/guest/consents/{id}/withdraw',
      '/v1/guest/entries',
      '/v1/guest/files/{file}',
      '/v1/guest/files/{file}/preview',
      '/v1/guest/invitations',
      '/v1/guest/messages',
      '/v1/guest/messages/read',
      '/v1/guest/uploads',
      '/v1/guest/uploads/{upload}',
      '/v1/guest/uploads/{upload}/complete',
      '/v1/receipts',
      '/v1/receipts/file',
      '/v1/receipts/pdf',
      '/v1/receipts/withdraw',
      '/v1/sessions',
      '/v1/sessions/current',
      '/v1/sessions/current/password',
      '/v1/sessions/current/seat',
      '/v1/sessions/current/socket-tickets',
      '/v1/turns/hops',
      '/v1/turns/renewals',
    ]);
    const issue =
      api.paths['/v1/branches/{branch}/tickets']?.['post']?.requestBody?.content['application/json']?.schema;
    expect(issue).toMatchObject({ required: ['service'], additionalProperties: false });
  });

  test('is shown at /docs with files of our own alone', async () => {
    const page = await ask(server, 'GET', '/docs');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.body).not.toMatch(/https?:\/\//);
    const bundle = await ask(server, 'GET', '/docs/static/swagger-ui-bundle.js');
    expect(bundle.statusCode).toBe(200);
  });
});
