import { afterAll, beforeAll, expect, test } from 'vitest';
import { IssuedTicket } from '../../protocol/http/public-api.ts';
import { TurnPageUrl } from '../../protocol/http/turn-api.ts';
import { newSecret } from '../sessions/secrets.ts';
import { ask, testServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const turnToken = async (service = 'reclamos'): Promise<string> => {
  const headers = { authorization: `Bearer ${server.deviceToken}` };
  const answer = await ask(server, 'POST', '/v1/branches/centro/tickets', { service }, headers);
  return IssuedTicket.parse(answer.json()).turnUrl.split('#')[1]!;
};
const hop = (token: string, to: string, headers: Record<string, string> = {}) =>
  ask(server, 'POST', '/v1/turns/hops', { token, to }, headers);

test('[PT1] [T1] who hops is known by the cookie of a guest from then on, and hops back by it', async () => {
  const token = await turnToken();
  const there = await hop(token, 'video');
  expect(there.statusCode).toBe(200);
  const cookie = String(there.headers['set-cookie']);
  expect(cookie).toMatch(/^__Host-guest=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict/);
  const [link] = TurnPageUrl.parse(there.json()).url.split('#')[1]!.split('.');
  const shown = { cookie: cookie.split(';')[0]! };
  expect((await ask(server, 'POST', '/v1/guest/entries', { token: link }, shown)).statusCode).toBe(204);
  expect((await hop(token, 'counter')).json()).toMatchObject({ code: 'LINK_USED' });
  const back = await hop(token, 'counter', shown);
  expect([back.statusCode, back.headers['set-cookie']]).toEqual([200, undefined]);
  expect(TurnPageUrl.parse(back.json()).url.endsWith(`/turn#${token}`)).toBe(true);
});

test('[T31] a turn hops ten times a minute at most, and is renewed no more often', async () => {
  const token = newSecret();
  for (let time = 0; time < 10; time += 1) expect((await hop(token, 'video')).statusCode).not.toBe(429);
  expect((await hop(token, 'video')).statusCode).toBe(429);
  const renewed = await ask(server, 'POST', '/v1/turns/renewals', { token, page: 'turn' });
  expect(renewed.statusCode).toBe(429);
  expect((await hop(newSecret(), 'video')).statusCode).not.toBe(429);
});

test('[B5] [T16] what is no way, no page or no token is refused as malformed', async () => {
  const token = await turnToken();
  for (const to of ['', 'kiosk', null, ['video'], {}]) {
    expect((await ask(server, 'POST', '/v1/turns/hops', { token, to })).statusCode).toBe(400);
    expect((await ask(server, 'POST', '/v1/turns/renewals', { token, page: to })).statusCode).toBe(400);
  }
  expect((await ask(server, 'POST', '/v1/turns/hops', { token, to: 'video', browser: 'x' })).statusCode).toBe(400);
  expect((await ask(server, 'POST', '/v1/turns/hops', { token: { $ne: '' }, to: 'video' })).statusCode).toBe(400);
});
