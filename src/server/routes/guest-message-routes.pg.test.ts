import { afterAll, beforeAll, expect, test } from 'vitest';
import { IssuedTicket } from '../../protocol/http/public-api.ts';
import { GuestLink } from '../../protocol/video/guest-link.ts';
import { newSecret } from '../sessions/secrets.ts';
import { ask, seatAt, testServer, type SignedInDesk, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let luis: SignedInDesk;
let token: string;
let cookie: string;
let ticketId: string;

beforeAll(async () => {
  server = await testServer();
  luis = await seatAt(server, 'luis@demo.test', 'centro', 1);
  const issued = await ask(
    server,
    'POST',
    '/v1/branches/centro/tickets',
    { service: 'asesoria-virtual', kind: 'virtual' },
    { authorization: `Bearer ${server.deviceToken}` },
  );
  ticketId = IssuedTicket.parse(issued.json()).id;
  const invited = await ask(server, 'POST', `/v1/desk/tickets/${ticketId}/guest-links`, {}, luis.headers);
  token = GuestLink.parse(invited.json()).url.split('#')[1]!;
  const entered = await ask(server, 'POST', '/v1/guest/entries', { token });
  cookie = String(entered.headers['set-cookie']).split(';')[0]!;
  await command({ type: 'ticket.call', ticketId, attentionId: crypto.randomUUID() });
});
afterAll(() => server.close());

const command = (body: object) =>
  ask(
    server,
    'POST',
    '/v1/desk/commands',
    {
      commands: [
        {
          id: crypto.randomUUID(),
          authorId: luis.agent.id,
          sessionId: luis.sessionId,
          occurredAt: null,
          body,
        },
      ],
    },
    { authorization: `Device ${luis.deviceKey}` },
  );
const say = (body: object, headers: Record<string, string> = {}) =>
  ask(server, 'POST', '/v1/guest/messages', body, { cookie, 'idempotency-key': crypto.randomUUID(), ...headers });

test('[S2-46] [R9] a message is answered with its place, and the same request again with the same answer to the byte', async () => {
  const key = { 'idempotency-key': crypto.randomUUID() };
  const [first, second] = [await say({ token, text: ' Hola ' }, key), await say({ token, text: 'Hola' }, key)];
  expect(first.statusCode).toBe(201);
  expect(first.json()).toMatchObject({ from: 'guest', text: 'Hola', agentName: null, key: key['idempotency-key'] });
  expect(second.body).toBe(first.body);
  expect((await say({ token, text: 'Otra' }, key)).json()).toMatchObject({ code: 'KEY_REUSED' });
});

test('[T3] [B5] sender, hour and place are not the page’s to say: a body that says them is refused', async () => {
  for (const forged of [
    { from: 'agent' },
    { agentName: 'Luis' },
    { sentAt: 1 },
    { seq: 9 },
    { id: crypto.randomUUID() },
    { ticketId },
  ]) {
    const refused = await say({ token, text: 'Hola', ...forged });
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([400, 'UNKNOWN_FIELD']);
  }
  // Of a key that stands there twice the last one counts, for whatever looks at it.
  const twice = await server.app.inject({
    method: 'POST',
    url: '/v1/guest/messages',
    headers: { cookie, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    payload: `{"token":"${token}","text":"una","text":"otra"}`,
  });
  expect(twice.json()).toMatchObject({ text: 'otra' });
});

test('[B35] [B38] [B40] a text that says nothing, cannot be kept or is too long is refused, and the words say which', async () => {
  for (const [text, code] of [
    [' \u200b ', 'REQUIRED'],
    ['a\u0000b', 'CONTROL_CHARS'],
    ['a\u0007b', 'CONTROL_CHARS'],
    ['x'.repeat(4_001), 'BAD_REQUEST'],
  ] as const) {
    expect((await say({ token, text })).json()).toMatchObject({ code, field: 'text' });
  }
  expect((await say({ token, text: 'ñ'.repeat(4_000) })).statusCode).toBe(201);
});

test('[T1] whoever did not enter writes and reads nothing, and is told the same whatever is wrong', async () => {
  for (const [body, headers] of [
    [{ token, text: 'x' }, { cookie: '' }],
    [{ token, text: 'x' }, { cookie: `__Host-guest=${newSecret()}` }],
    [{ token: newSecret(), text: 'x' }, {}],
    [{ token: 'short', text: 'x' }, {}],
  ] as const) {
    expect((await say(body, headers)).json()).toMatchObject({ code: 'LINK_INVALID' });
    const read = await ask(
      server,
      'POST',
      '/v1/guest/messages/read',
      { token: body.token, upTo: 1 },
      { cookie, ...headers },
    );
    expect(read.json()).toMatchObject({ code: 'LINK_INVALID' });
  }
});

test('a message without a key of its own is refused: it could not be sent again', async () => {
  for (const key of ['', 'x', '123']) {
    const refused = await say({ token, text: 'Hola' }, { 'idempotency-key': key });
    expect(refused.json()).toMatchObject({ code: 'BAD_REQUEST', field: 'Idempotency-Key' });
  }
});

test('[T31] a page that writes without end is told to wait', async () => {
  server.advance(120_000);
  const answers: number[] = [];
  for (let count = 0; count < 45; count += 1) answers.push((await say({ token, text: `n.º ${count}` })).statusCode);
  expect(answers.slice(0, 40)).toEqual(Array.from({ length: 40 }, () => 201));
  expect(new Set(answers.slice(40))).toEqual(new Set([429]));
});
