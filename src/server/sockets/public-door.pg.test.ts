import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ErrorBody } from '../../protocol/error-codes.ts';
import { portuguese } from '../../texts/portuguese.ts';
import { spanish } from '../../texts/spanish.ts';
import { OPEN_PER_ADDRESS } from '../policies/page-limits.ts';
import { newAgent, newOffice } from '../testing/office-factory.ts';
import { openServer, type TestServer } from '../testing/open-server.ts';
import { connectDesk, openDoors, openSocket, type Doorway, type SocketClient } from '../testing/socket-client.ts';

const PROXY = '127.0.0.1';

let server: TestServer;
let doorway: Doorway;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  // As behind a proxy on this machine, so that pages may come from many addresses.
  doorway = await openDoors(server, { trustedProxies: [PROXY] });
});
afterEach(() => doorway.close());

const from = (address: string): Record<string, string> => ({
  origin: 'http://ventanilla.test',
  'x-forwarded-for': address,
});
const openPage = (address: string): Promise<SocketClient> => openSocket(doorway, 'public', from(address));

/** The answer to a handshake that is refused. */
async function refusal(
  path: string,
  headers: Record<string, string>,
): Promise<Pick<IncomingMessage, 'statusCode' | 'headers'> & { error: ErrorBody }> {
  const handshake = request({
    host: '127.0.0.1',
    port: doorway.port,
    path,
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
    },
  });
  handshake.end();
  const [response] = (await once(handshake, 'response')) as [IncomingMessage];
  const body = await text(response);
  return { statusCode: response.statusCode, headers: response.headers, error: ErrorBody.parse(JSON.parse(body)) };
}

test('[T31] the 601st page of one address is 429 with Retry-After until one goes; others and desks come in', async () => {
  const branch = '203.0.113.7';
  const pages: SocketClient[] = [];
  while (pages.length < OPEN_PER_ADDRESS) {
    pages.push(...(await Promise.all(Array.from({ length: 50 }, () => openPage(branch)))));
  }
  expect(doorway.sockets.pages()).toBe(600);
  const refused = await refusal('/v1/public/socket', { ...from(branch), 'accept-language': 'pt' });
  expect(refused).toMatchObject({
    statusCode: 429,
    headers: { 'retry-after': '30', 'content-language': 'pt', connection: 'close' },
    error: { code: 'TOO_MANY_REQUESTS', title: portuguese.errors.TOO_MANY_REQUESTS, retryable: true },
  });
  expect(refused.headers['x-request-id']).toBe(refused.error.requestId);
  // Whom a customer names before the proxy does counts for nothing.
  await expect(openPage(`198.51.100.9, ${branch}`)).rejects.toThrow('429');
  await openPage('198.51.100.9');
  await connectDesk(doorway, await newAgent(await newOffice(server), { isConnected: false }));
  pages[0]!.socket.close();
  await expect.poll(() => doorway.sockets.pages()).toBe(600);
  await openPage(branch);
  await expect(openPage(branch)).rejects.toThrow('429');
});

test('[T14] [T31] pages from elsewhere count as openings, and the log names an origin once a minute', async () => {
  const info = vi.spyOn(server.context.log, 'info');
  const stranger = (origin: string) => refusal('/v1/public/socket', { ...from('203.0.113.7'), origin });
  const codes = new Map<number | undefined, number>();
  for (let opening = 0; opening < 2 * OPEN_PER_ADDRESS + 20; opening += 1) {
    const { statusCode } = await stranger(opening === 0 ? 'http://other.test' : 'http://rebound.test');
    codes.set(statusCode, (codes.get(statusCode) ?? 0) + 1);
  }
  expect([...codes]).toEqual([
    [403, 1_200],
    [429, 20],
  ]);
  expect(info.mock.calls.map(([known]) => (known as { origin: string }).origin)).toEqual([
    'http://other.test',
    'http://rebound.test',
  ]);
  server.clock.now += 121_000;
  await stranger('http://rebound.test');
  expect(info).toHaveBeenCalledTimes(3);
});

test('[T31] a handshake that is none takes no place', async () => {
  const broken = request({
    host: '127.0.0.1',
    port: doorway.port,
    path: '/v1/public/socket',
    headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', ...from('203.0.113.7') },
  });
  broken.end();
  const [response] = (await once(broken, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(400);
  response.resume();
  expect(doorway.sockets.pages()).toBe(0);
});

test.each([
  ['/v1/public/socket', {}, 403, 'FORBIDDEN'],
  ['/v1/desk/socket', {}, 401, 'UNAUTHENTICATED'],
  ['/v1/other', {}, 404, 'NOT_FOUND'],
] as const)(
  'a refused handshake at %s is answered in the shape of every error',
  async (path, headers, status, code) => {
    const refused = await refusal(path, headers);
    expect(refused).toMatchObject({
      statusCode: status,
      headers: { 'content-language': 'es', 'cache-control': 'no-store' },
      error: { code, title: spanish.errors[code], retryable: false },
    });
    expect(refused.headers['www-authenticate']).toBe(status === 401 ? 'Device' : undefined);
  },
);

test('[R8] a server that stops closes the pages with 1012 and waits until they are gone', async () => {
  const pages = await Promise.all(Array.from({ length: 20 }, () => openPage('203.0.113.7')));
  await doorway.sockets.stop();
  expect(doorway.sockets.pages()).toBe(0);
  expect(await Promise.all(pages.map(({ closed }) => closed))).toEqual(pages.map(() => [1012, 'restart']));
});
