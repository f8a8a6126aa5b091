import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ContactMatches } from '../../protocol/http/desk-api.ts';
import { attachSockets } from '../sockets/attach-sockets.ts';
import { ask, seatAt, testServer, TEST_PASSWORD, type SignedInDesk, type TestServer } from '../testing/test-server.ts';
import { Rooms } from '../video/rooms.ts';

let server: TestServer;
let ana: SignedInDesk;
let before: unknown;

beforeAll(async () => {
  server = await testServer();
  ana = await seatAt(server, 'ana@demo.test', 'centro', 1);
  const contact = { documentType: 'CC', documentNumber: '1032400077', firstName: 'Canaria', lastName: 'O’Higgins' };
  await post('/v1/branches/centro/tickets', { service: 'caja', contact }, bearer());
  before = await state();
});
beforeEach(() => {
  // A few minutes later nobody is remembered for having been refused.
  server.advance(180_000);
});
afterAll(() => server.close());

const bearer = (): Record<string, string> => ({ authorization: `Bearer ${server.deviceToken}` });
const post = (url: string, body: object, headers: Record<string, string> = {}) =>
  ask(server, 'POST', url, body, headers);
const get = (url: string, headers: Record<string, string> = {}) => ask(server, 'GET', url, undefined, headers);

/** What no search and no refused body changes. Other tests make roles in the same cluster, and none of those is a superuser. */
async function state(): Promise<unknown> {
  const { rows } = await sql`
    SELECT (SELECT md5(string_agg(agent::text, '' ORDER BY id)) FROM agent) AS agents,
           (SELECT md5(string_agg(device::text, '' ORDER BY id)) FROM device) AS devices,
           (SELECT md5(string_agg(contact::text, '' ORDER BY id)) FROM contact) AS contacts,
           (SELECT count(*) FROM ticket) AS tickets,
           (SELECT count(*) FROM pg_tables WHERE schemaname = 'public') AS tables,
           (SELECT count(*) FROM pg_roles WHERE rolsuper OR rolname = 'evil') AS superusers`.execute(
    server.context.store.db,
  );
  return rows;
}

/** What is tried on search fields: errors, unions, blind ones by truth and by time, stacked ones, other engines, wildcards. */
const INJECTIONS = [
  "'",
  "''",
  '"',
  '`',
  '\\',
  "\\'",
  "' OR '1'='1",
  "' OR 1=1 --",
  "' OR 1=1 #",
  "') OR ('1'='1",
  "')) OR TRUE --",
  '1 OR 1=1',
  "admin' --",
  "x' AND 1=(SELECT 1) --",
  "' AND (SELECT substring(password_hash,1,1) FROM agent LIMIT 1) = '$' --",
  "' UNION SELECT NULL,NULL,NULL,NULL,NULL,NULL --",
  "' UNION ALL SELECT id::text, email, password_hash, '', '', '' FROM agent --",
  "'; SELECT pg_sleep(40) --",
  "' || pg_sleep(40) || '",
  "' AND 1=(CASE WHEN (1=1) THEN pg_sleep(40)::text::int ELSE 1 END) --",
  "1; WAITFOR DELAY '0:0:40' --",
  "' AND SLEEP(40) #",
  "'; DROP TABLE ticket; --",
  "'; DELETE FROM agent; --",
  "'; UPDATE agent SET role = 'admin'; --",
  "'; CREATE ROLE evil SUPERUSER; --",
  "'; COPY (SELECT 1) TO PROGRAM 'id'; --",
  '$1',
  '$$; SELECT 1; $$',
  ':name',
  '%',
  '_',
  '%%%',
  '\\%',
  '%a%',
  '[a-z]',
  '/*',
  '*/ OR 1=1 /*',
  '-- -',
  '{"$ne":""}',
  '{"$gt":""}',
  '[$ne]',
  '$where',
  "';return true;var a='",
  '*)(uid=*))(|(uid=*',
  '${7*7}',
  '{{7*7}}',
  '<%= 7*7 %>',
  "=cmd|'/c calc'!A1",
  '; id',
  '| id',
  '`id`',
  '$(id)',
  '../../../../etc/passwd',
  'ʼ OR 1=1',
  '＇ OR １＝１',
  'a'.repeat(80),
  '9'.repeat(80),
  '1e309',
  'NaN',
];

test.each(INJECTIONS)('[T16] %s in a search finds nobody and does nothing', async (text) => {
  const response = await get(`/v1/desk/contacts?search=${encodeURIComponent(text)}`, ana.headers);
  expect(response.statusCode).toBe(200);
  expect(ContactMatches.parse(response.json())).toEqual({ matches: [] });
  expect(await state()).toEqual(before);
});

test('[T16] the same searches find who is really called so', async () => {
  const found = async (search: string): Promise<number> => {
    const response = await get(`/v1/desk/contacts?search=${encodeURIComponent(search)}`, ana.headers);
    return ContactMatches.parse(response.json()).matches.length;
  };
  expect(await found('canaria o’higgins')).toBe(1);
  expect(await found('1032400077')).toBe(1);
  expect(await found('canari_')).toBe(0);
  expect(await found('can%ria')).toBe(0);
});

test.each(INJECTIONS)('[T16] %s in the place of a name, a slug, an id, a key or an address is none', async (text) => {
  const part = encodeURIComponent(text);
  const answers = await Promise.all([
    get(`/v1/branches/${part}/kiosk`, bearer()),
    post(`/v1/branches/${part}/tickets`, { service: 'caja' }, bearer()),
    post('/v1/branches/centro/tickets', { service: text }, bearer()),
    get(`/v1/desk/tickets/${part}/content`, ana.headers),
    post('/v1/sessions', { email: text, password: TEST_PASSWORD, deskName: 'Mostrador' }),
    post('/v1/sessions', { email: 'ana@demo.test', password: text, deskName: 'Mostrador' }),
    get('/v1/desk/contacts?search=a', { ...ana.headers, 'x-device': part }),
    get('/v1/desk/contacts?search=a', { ...ana.headers, authorization: `Bearer ${part}` }),
  ]);
  for (const { statusCode, body } of answers) {
    expect([400, 401, 404, 422, 429]).toContain(statusCode);
    expect(body).not.toMatch(/syntax|select|pg_|kysely|relation|column/i);
  }
  expect(await state()).toEqual(before);
});

test('[T16] nor does any of them say anything at the customers’ door', async () => {
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.app.server.address() as AddressInfo;
  const sockets = attachSockets(server.app.server, server.context, {
    deviceOf: () => Promise.resolve(null),
    redeem: () => Promise.resolve(null),
    rooms: new Rooms(),
    trustedProxies: [],
  });
  const answerTo = async (frame: object): Promise<unknown> => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/public/socket`, { origin: `http://127.0.0.1:${port}` });
    await once(socket, 'open');
    socket.send(JSON.stringify(frame));
    const [data] = (await once(socket, 'message')) as [Buffer];
    socket.terminate();
    return JSON.parse(data.toString());
  };
  for (const text of INJECTIONS) {
    const branch = await answerTo({ type: 'watchDisplay', branch: text });
    const token = await answerTo({ type: 'watchTurn', token: text });
    expect([branch, token]).toMatchObject([{ error: { code: 'NOT_FOUND' } }, { error: { code: 'NOT_FOUND' } }]);
  }
  await sockets.stop();
  expect(await state()).toEqual(before);
});

test.each([
  'search[$ne]=x',
  'search[]=x',
  'search[0]=x',
  'search=a&search=b',
  'search.like=x',
  '__proto__[admin]=1&search=a',
  'search=a&order=password_hash',
  'search=a&filter={"role":"admin"}',
  'SEARCH=a',
  '',
])('[T16] the query %s is 400', async (query) => {
  const response = await get(`/v1/desk/contacts?${query}`, ana.headers);
  expect(response.statusCode).toBe(400);
  expect(['BAD_REQUEST', 'UNKNOWN_FIELD']).toContain(response.json<{ code: string }>().code);
});

/** Good bodies, each of whose texts is replaced in turn. */
const bodies = (): [url: string, body: object, headers: Record<string, string>][] => {
  const seat = ana.seats[0]!;
  const contact = {
    documentType: 'CC',
    documentNumber: '1032400099',
    firstName: 'A',
    lastName: 'B',
    phone: '3001234567',
    email: 'a@b.co',
  };
  return [
    ['/v1/sessions', { email: 'ana@demo.test', password: 'x', deskName: 'Mostrador' }, {}],
    ['/v1/sessions/current/seat', { branchId: seat.branchId, moduleId: seat.modules[0]!.id }, ana.headers],
    ['/v1/sessions/current/password', { current: 'x', next: 'lluvia en el patio de atrás' }, ana.headers],
    ['/v1/branches/centro/tickets', { service: 'caja', kind: 'turn', priority: 'normal', contact }, bearer()],
    ['/v1/desk/blocks', { services: [{ serviceId: server.office.services[0]!.id, count: 1 }] }, ana.headers],
  ];
};

/** The body once for each text in it, with `value` in its place. */
function withEach(body: object, value: unknown): object[] {
  return Object.entries(body).flatMap(([key, inner]): object[] => {
    if (typeof inner === 'string') return [{ ...body, [key]: value }];
    if (typeof inner !== 'object' || inner === null) return [];
    return withEach(inner as object, value).map((changed) => ({
      ...body,
      [key]: Array.isArray(inner) ? Object.values(changed) : changed,
    }));
  });
}

test.each([[{}], [{ $ne: '' }], [['a']], [[]], [7], [true], [null], [{ toString: 'a', length: 1 }]])(
  '[T16] %j where a text belongs is 400, in every body',
  async (value) => {
    let tried = 0;
    for (const [url, body, headers] of bodies()) {
      for (const changed of withEach(body, value)) {
        tried += 1;
        const response = await post(url, changed, headers);
        expect(response.statusCode, `${url} ${JSON.stringify(changed)}`).toBe(400);
      }
    }
    expect(tried).toBe(17);
    expect(await state()).toEqual(before);
  },
);

test('[T16] in a command they are refused in its place', async () => {
  const command = {
    id: crypto.randomUUID(),
    authorId: ana.agent.id,
    sessionId: ana.sessionId,
    occurredAt: null,
    body: { type: 'note.add', ticketId: crypto.randomUUID(), text: 'x' },
  };
  const { body, ...envelope } = command;
  const values = [{}, { $ne: '' }, ['a'], 7, true, null];
  const wrong = values.flatMap((value) =>
    withEach(body, value).map((changed) => ({ ...envelope, id: crypto.randomUUID(), body: changed })),
  );
  const response = await post('/v1/desk/commands', { commands: wrong }, { authorization: `Device ${ana.deviceKey}` });
  expect(response.statusCode).toBe(200);
  const { results } = response.json<{ results: { status: string; error?: { code: string } }[] }>();
  expect(new Set(results.map(({ status, error }) => `${status} ${error?.code}`))).toEqual(
    new Set(['refused BAD_REQUEST']),
  );
  expect(results).toHaveLength(18);
});
