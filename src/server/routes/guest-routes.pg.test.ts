import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CommandResults } from '../../protocol/http/desk-api.ts';
import { IssuedTicket } from '../../protocol/http/public-api.ts';
import { GuestLink } from '../../protocol/video/guest-link.ts';
import { newSecret } from '../sessions/secrets.ts';
import { openDoors, openSocket } from '../testing/socket-client.ts';
import { ask, seatAt, testServer, type SignedInDesk, type TestServer } from '../testing/test-server.ts';

const lines: string[] = [];
let folder: string;
let server: TestServer;
let luis: SignedInDesk;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-guest-'));
  for (const name of ['assets', 'video']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'video', 'index.html'), '<!doctype html><title>video</title>');
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  server = await testServer({ customerFolder: folder, log });
  luis = await seatAt(server, 'luis@demo.test', 'centro', 1);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const enter = (token: string, headers: Record<string, string> = {}) =>
  ask(server, 'POST', '/v1/guest/entries', { token }, headers);
const ticket = async (): Promise<string> => {
  const headers = { authorization: `Bearer ${server.deviceToken}` };
  const body = { service: 'asesoria-virtual', kind: 'virtual' };
  return IssuedTicket.parse((await ask(server, 'POST', '/v1/branches/centro/tickets', body, headers)).json()).id;
};
const invite = async (ticketId: string): Promise<string> => {
  const response = await ask(server, 'POST', `/v1/desk/tickets/${ticketId}/guest-links`, {}, luis.headers);
  expect(response.statusCode).toBe(201);
  return GuestLink.parse(response.json()).url.split('#')[1]!;
};
const cookieOf = (response: { headers: Record<string, unknown> }): string => String(response.headers['set-cookie']);

test('[B61] [T1] bots that preview the link, and virus scanners that fetch it, do not use it up', async () => {
  const token = await invite(await ticket());
  const visitors = [
    'WhatsApp/2.23.20.0 A',
    'TelegramBot (like TwitterBot)',
    'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
    'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5',
    'Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.0)',
  ];
  for (const visitor of visitors) {
    // A fragment is never sent; a bot that puts it into the query finds the same page.
    for (const url of ['/video', `/video?${token}`]) {
      const response = await ask(server, 'GET', url, undefined, { 'user-agent': visitor });
      expect(response.statusCode).toBe(200);
      expect(response.body).toContain('<title>video</title>');
      expect(response.headers['set-cookie']).toBeUndefined();
    }
    const head = await ask(server, 'HEAD', '/video', undefined, { 'user-agent': visitor });
    expect(head.statusCode).toBe(200);
  }
  expect((await ask(server, 'GET', '/v1/guest/entries')).statusCode).toBe(405);
  expect((await enter(token)).statusCode).toBe(204);
});

test('[B65] the page of a guest goes nowhere else, whatever its address asks for', async () => {
  for (const url of ['/video?next=//evil.example', '/video?next=https://evil.example/', '/video?redirect=%2F%2Fevil']) {
    const response = await ask(server, 'GET', url);
    expect(response.statusCode).toBe(200);
    expect(response.headers['location']).toBeUndefined();
    expect(response.body).not.toContain('evil');
  }
});

test('[T1] the cookie of a guest is for this server alone, over TLS, and out of reach for scripts and other sites', async () => {
  const token = await invite(await ticket());
  const response = await enter(token);
  expect(response.headers['cache-control']).toBe('no-store');
  const [pair, ...attributes] = cookieOf(response).split('; ');
  expect(pair).toMatch(/^__Host-guest=[\w-]{43}$/);
  expect(attributes.toSorted()).toEqual(['HttpOnly', 'Max-Age=86400', 'Path=/', 'SameSite=Strict', 'Secure']);
  expect(pair).not.toContain(token);
});

test('[B62] the browser that entered comes in again with its cookie, another one is told that the link was used', async () => {
  const token = await invite(await ticket());
  const [pair] = cookieOf(await enter(token)).split(';');
  const again = await enter(token, { cookie: `other=1; ${pair}` });
  expect(again.statusCode).toBe(204);
  expect(cookieOf(again).split(';')[0]).toBe(pair);
  for (const headers of [{}, { cookie: `__Host-guest=${newSecret()}` }, { cookie: '__Host-guest=short' }]) {
    const refused = await enter(token, headers);
    expect(refused.statusCode).toBe(409);
    expect(refused.json()).toMatchObject({ code: 'LINK_USED', retryable: false });
    expect(refused.headers['set-cookie']).toBeUndefined();
  }
});

test('[B59] [B64] a wrong link is told in one way, whatever is wrong with it, in the language of the guest', async () => {
  const token = await invite(await ticket());
  const wrong = [token.toUpperCase(), token.slice(1), `${token}A`, newSecret(), '', '../../etc/passwd'];
  for (const altered of wrong.filter((each) => each !== token)) {
    const refused = await enter(altered, { 'accept-language': 'pt-BR' });
    expect([altered, refused.statusCode]).toEqual([altered, 404]);
    expect(refused.json()).toMatchObject({
      code: 'LINK_INVALID',
      title: expect.stringMatching(/^O link não é válido/),
    });
    expect(refused.headers['set-cookie']).toBeUndefined();
  }
});

test('[S2-44] [T1] [T12] who invites revokes the link, and nobody else: its guest in a call is told, put out, and comes in no more', async () => {
  const doorway = await openDoors(server);
  try {
    const ticketId = await ticket();
    const token = await invite(ticketId);
    const [cookie = ''] = cookieOf(await enter(token)).split(';');
    const openPage = async () => {
      const page = await openSocket(doorway, 'public', { origin: server.context.publicUrl, cookie });
      page.send({ type: 'watchVideo', token });
      return page;
    };
    const guest = await openPage();
    const attentionId = crypto.randomUUID();
    const { agent, sessionId, deviceKey } = luis;
    const body = { type: 'ticket.call', ticketId, attentionId };
    const commands = [{ id: crypto.randomUUID(), authorId: agent.id, sessionId, occurredAt: null, body }];
    const authorization = `Device ${deviceKey}`;
    const called = await ask(server, 'POST', '/v1/desk/commands', { commands }, { authorization });
    expect(CommandResults.parse(called.json()).results).toMatchObject([{ status: 'accepted' }]);
    await guest.frame('room');

    const desk = await openSocket(doorway, 'desk', { authorization });
    const ticketOfSocket = await ask(server, 'POST', '/v1/sessions/current/socket-tickets', undefined, luis.headers);
    desk.send({ type: 'authenticate', protocol: 1, cursors: {}, ...ticketOfSocket.json<{ ticket: string }>() });
    await desk.frame('caughtUp');
    desk.send({ type: 'joinRoom', ticketId });
    expect(await desk.frame('room')).toMatchObject({ isOtherHere: true });

    const revoke = (headers: Record<string, string>) =>
      ask(server, 'DELETE', `/v1/desk/tickets/${ticketId}/guest-links`, undefined, headers);
    const ana = await seatAt(server, 'ana@demo.test', 'centro', 2);
    const refusals = [
      await revoke(ana.headers),
      await revoke({ authorization }),
      await revoke({ cookie }),
      await revoke({}),
    ];
    expect(refusals.map(({ statusCode }) => statusCode)).toEqual([403, 401, 401, 401]);
    expect(refusals[0]?.json()).toMatchObject({ code: 'FORBIDDEN' });
    guest.send({ type: 'signal', signal: { session: 1, data: { type: 'ask' } } });
    await desk.frame('signal', ({ signal }) => signal.session === 1);

    const revoked = await revoke(luis.headers);
    expect([revoked.statusCode, revoked.body]).toEqual([204, '']);
    expect((await guest.frame('error')).error).toMatchObject({ code: 'LINK_INVALID', retryable: false });
    await desk.frame('room', ({ isOtherHere }) => !isOtherHere);
    guest.send({ type: 'signal', signal: { session: 2, data: { type: 'ask' } } });
    for (const each of [guest, desk]) {
      each.send({ type: 'ping' });
      await each.frame('pong');
    }
    expect(desk.frames.filter(({ type }) => type === 'signal')).toHaveLength(1);
    const again = await enter(token, { cookie });
    expect([again.statusCode, again.json()]).toMatchObject([404, { code: 'LINK_INVALID' }]);
    expect((await (await openPage()).frame('error')).error.code).toBe('LINK_INVALID');
    // There being none any more is what was wanted.
    expect((await revoke(luis.headers)).statusCode).toBe(204);
  } finally {
    await doorway.close();
  }
});

test('[T1] a token stands in no line of the log', async () => {
  const token = await invite(await ticket());
  await enter(token);
  await enter(token);
  await ask(server, 'GET', `/video?${token}`);
  await ask(server, 'GET', `/video/${token}`);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join('')).not.toContain(token);
});

test('[T1] 10,000 guesses find nothing, and all but the first few hundred are not even looked at', async () => {
  const token = await invite(await ticket());
  const answers = new Map<number, number>();
  for (let round = 0; round < 100; round += 1) {
    const found = await Promise.all(Array.from({ length: 100 }, () => enter(newSecret())));
    for (const { statusCode } of found) answers.set(statusCode, (answers.get(statusCode) ?? 0) + 1);
  }
  expect(new Set(answers.keys())).toEqual(new Set([404, 429]));
  expect(answers.get(404)).toBeLessThan(1_000);
  const refused = await enter(token);
  expect(refused.statusCode).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  // The window is over: the link that was guessed for is still good.
  server.advance(120_000);
  expect((await enter(token)).statusCode).toBe(204);
});
