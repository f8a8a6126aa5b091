import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, seatAt, testServer, type SignedInDesk, type TestServer } from '../testing/test-server.ts';

type Method = 'GET' | 'POST' | 'DELETE' | 'PUT' | 'PATCH';
interface Operation {
  method: Method;
  path: string;
  /** The credentials of which the description asks for one, `nothing` among them; empty: for everybody, whatever they show. */
  access: string[];
}

let server: TestServer;
let ana: SignedInDesk;
let luis: SignedInDesk;
let operations: Operation[];

beforeAll(async () => {
  server = await testServer();
  ana = await seatAt(server, 'ana@demo.test', 'centro', 1);
  luis = await seatAt(server, 'luis@demo.test', 'centro', 2);
  const api = (await ask(server, 'GET', '/openapi.json')).json<{
    paths: Record<string, Record<string, { security?: Record<string, unknown>[] }>>;
  }>();
  operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security = [] }]) => ({
      method: method.toUpperCase() as Method,
      path: path.replace('{branch}', 'centro').replace(/\{\w+\}/g, crypto.randomUUID()),
      access: security.map((credentials) => Object.keys(credentials).join('+') || 'nothing'),
    })),
  );
});

afterAll(() => server.close());

/** What somebody may show, by what it is good as. */
const shown = (): Record<string, [string, Record<string, string>][]> => ({
  nothing: [['nothing', {}]],
  nobody: [
    ['a token of nobody', { authorization: `Bearer ${'x'.repeat(43)}` }],
    ['half a key', { authorization: `Device ${ana.deviceKey.slice(0, -4)}` }],
    ['a session at the desk of another', { ...ana.headers, 'x-device': luis.deviceKey }],
    ['a session without its desk', { authorization: ana.headers['authorization'] ?? '' }],
    ['a desk key as a token', { authorization: `Bearer ${ana.deviceKey}` }],
    ['a device token as a desk', { authorization: `Device ${server.deviceToken}` }],
  ],
  deviceToken: [['a device token', { authorization: `Bearer ${server.deviceToken}` }]],
  desk: [['a desk key', { authorization: `Device ${ana.deviceKey}` }]],
  'session+deskKey': [['a session at its desk', ana.headers]],
  guest: [['the cookie of a guest', { cookie: `__Host-guest=${'x'.repeat(43)}` }]],
});

test('[T11] every call lets in who shows what its description asks for, and nobody else', async () => {
  expect([...new Set(operations.flatMap(({ access }) => access)), 'nobody'].toSorted()).toEqual(
    Object.keys(shown()).toSorted(),
  );
  const answers: [string, boolean, boolean][] = [];
  for (const { method, path, access } of operations) {
    // Nobody is remembered for having been refused before.
    server.advance(120_000);
    for (const [good, credentials] of Object.entries(shown())) {
      for (const [name, headers] of credentials) {
        // Signing out ends what the others are asked with.
        if (method === 'DELETE' && access.includes(good)) continue;
        const { statusCode } = await ask(server, method, path, method === 'GET' ? undefined : {}, headers);
        const isLetIn = statusCode !== 401 && statusCode !== 403;
        answers.push([
          `${method} ${path} with ${name}: ${statusCode}`,
          isLetIn,
          // A cookie of a guest is nothing where none is asked for.
          access.length === 0 || access.includes(good) || (good === 'guest' && access.includes('nothing')),
        ]);
      }
    }
  }
  expect(answers.filter(([, isLetIn, mayEnter]) => isLetIn !== mayEnter)).toEqual([]);
  expect(answers.length).toBeGreaterThan(100);
});

test('[T11] after the session is over its desk and its token are let in no more', async () => {
  server.advance(120_000);
  await ask(server, 'DELETE', '/v1/sessions/current', undefined, luis.headers);
  for (const { method, path, access } of operations) {
    if (!access.includes('session+deskKey')) continue;
    const { statusCode } = await ask(server, method, path, method === 'GET' ? undefined : {}, luis.headers);
    expect([method, path, statusCode]).toEqual([method, path, 401]);
  }
});
