import { afterAll, beforeAll, expect, test } from 'vitest';
import { CommandResults, ContactMatches, ReservedBlocks } from '../../protocol/http/desk-api.ts';
import { ask, seatAt, signInAt, testServer, type SignedInDesk, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let ana: SignedInDesk;

beforeAll(async () => {
  server = await testServer();
  ana = await seatAt(server, 'ana@demo.test', 'centro', 1);
});

afterAll(() => server.close());

const device = (desk: SignedInDesk): Record<string, string> => ({ authorization: `Device ${desk.deviceKey}` });
const choose = (state: string) => ({
  id: crypto.randomUUID(),
  authorId: ana.agent.id,
  sessionId: ana.sessionId,
  occurredAt: null,
  body: { type: 'status.choose', state, cause: 'agent' },
});
const deliver = (commands: object[], headers = device(ana)) =>
  ask(server, 'POST', '/v1/desk/commands', { commands }, headers);

test('[R5] a command of the wrong shape is refused in its place and the others are done', async () => {
  const good = [choose('online'), choose('lunch')];
  const bad = { ...choose('online'), body: { type: 'status.choose', state: 'flying', cause: 'agent' } };
  const strange = { ...choose('online'), isUrgent: true };
  const response = await deliver([good[0]!, bad, strange, good[1]!]);
  expect(response.statusCode).toBe(200);
  const { results } = CommandResults.parse(response.json());
  expect(results.map(({ id }) => id)).toEqual([good[0]!.id, bad.id, strange.id, good[1]!.id]);
  expect(results.map(({ status }) => status)).toEqual(['accepted', 'refused', 'refused', 'accepted']);
  expect(results[1]).toMatchObject({ error: { code: 'BAD_REQUEST', field: 'body.state' } });
  expect(results[2]).toMatchObject({ error: { code: 'UNKNOWN_FIELD', field: 'isUrgent' } });
});

test('refusals are told in the language of who asks', async () => {
  const command = {
    ...choose('online'),
    body: { type: 'ticket.call', ticketId: crypto.randomUUID(), attentionId: crypto.randomUUID() },
  };
  const response = await deliver([command], { ...device(ana), 'accept-language': 'en' });
  expect(response.json()).toMatchObject({
    results: [{ status: 'refused', error: { code: 'NOT_FOUND', title: expect.stringMatching(/^It was not found/) } }],
  });
});

test('commands need the key of a desk: neither a session nor a kiosk is enough', async () => {
  for (const headers of [{}, ana.headers, { authorization: `Bearer ${server.deviceToken}` }]) {
    expect((await deliver([choose('online')], headers)).statusCode).toBe(401);
  }
});

test('[T12] a desk delivers nothing for an agent who never signed in there', async () => {
  const luis = await signInAt(server, 'luis@demo.test');
  const response = await deliver([choose('online')], device(luis));
  expect(response.json()).toMatchObject({ results: [{ status: 'refused', error: { code: 'FORBIDDEN' } }] });
});

test('numbers are reserved to the desk for services of its branch', async () => {
  const { id } = server.office.services.find(
    ({ branchId, slug }) => branchId === ana.seats[0]?.branchId && slug === 'caja',
  )!;
  const response = await ask(
    server,
    'POST',
    '/v1/desk/blocks',
    { services: [{ serviceId: id, count: 20 }] },
    ana.headers,
  );
  expect(response.statusCode).toBe(200);
  expect(ReservedBlocks.parse(response.json()).blocks).toMatchObject([{ serviceId: id, letter: 'C', count: 20 }]);
  const elsewhere = server.office.services.find(({ branchId }) => branchId !== ana.seats[0]?.branchId)!;
  const foreign = await ask(
    server,
    'POST',
    '/v1/desk/blocks',
    { services: [{ serviceId: elsewhere.id, count: 1 }] },
    ana.headers,
  );
  expect(foreign.statusCode).toBe(404);
});

test('[T11] a search for contacts is answered and audited', async () => {
  const response = await ask(server, 'GET', '/v1/desk/contacts?search=nadie', undefined, ana.headers);
  expect(ContactMatches.parse(response.json())).toEqual({ matches: [] });
  const rows = await server.context.store.db
    .selectFrom('audit')
    .select(['act', 'agent_id'])
    .where('act', '=', 'contacts.search')
    .execute();
  expect(rows).toEqual([{ act: 'contacts.search', agent_id: ana.agent.id }]);
});

test('[B35] a search for nothing is refused', async () => {
  for (const search of ['', '%20', '%E2%80%8B']) {
    const response = await ask(server, 'GET', `/v1/desk/contacts?search=${search}`, undefined, ana.headers);
    expect(response.statusCode).toBe(422);
    expect(response.json()).toMatchObject({ code: 'REQUIRED', field: 'search' });
  }
});

test('[T12] the content of a ticket that is none, or is not theirs, does not exist', async () => {
  for (const id of ['x', crypto.randomUUID()]) {
    expect((await ask(server, 'GET', `/v1/desk/tickets/${id}/content`, undefined, ana.headers)).statusCode).toBe(404);
  }
  const issued = await ask(
    server,
    'POST',
    '/v1/branches/norte/tickets',
    { service: 'caja' },
    { authorization: `Bearer ${server.deviceToken}` },
  );
  const { id } = issued.json<{ id: string }>();
  expect((await ask(server, 'GET', `/v1/desk/tickets/${id}/content`, undefined, ana.headers)).statusCode).toBe(404);
});
