import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BranchId, DeviceId, ModuleId } from '../../protocol/ids.ts';
import { NoAnswerError } from './no-answer.ts';
import { createServerApi, type ServerApi } from './server-api.ts';

/** Of a captive portal: what comes is none of ours. */
let answer: { status: number; headers?: Record<string, string>; body: string };
let api: ServerApi;
let stop: () => Promise<void>;
const told: string[] = [];
beforeEach(async () => {
  told.length = 0;
  const server = createServer((_request, response) =>
    response.writeHead(answer.status, answer.headers).end(answer.body),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  api = createServerApi(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), {
    language: () => 'es',
    revoked: () => void told.push('revoked'),
    dated: () => void told.push('dated'),
  });
  stop = async () => {
    api.close();
    server.close();
    await once(server, 'close');
  };
});
afterEach(() => stop());

const device = { id: '019b0000-0000-7000-8000-000000000001' as DeviceId, secret: 'x' };
const key = { token: 'ficha', device };
const seat = { branchId: device.id as string as BranchId, moduleId: device.id as string as ModuleId };

test.each([
  ['a redirection to a page', { status: 302, headers: { location: 'http://portal.test/' }, body: '' }],
  ['a page', { status: 200, body: '<html>Acepte las condiciones</html>' }],
  ['an error of somebody else', { status: 511, body: '' }],
])('[R7] %s is no answer: nobody sits down, signs out or has a line by it', async (_, given) => {
  answer = given;
  await expect(api.takeSeat(key, seat)).rejects.toBeInstanceOf(NoAnswerError);
  await expect(api.signOut(key)).rejects.toBeInstanceOf(NoAnswerError);
  expect(await api.isAlive(device)).toBe(false);
  expect(told).toEqual([]);
});

test('a success without a body is an answer', async () => {
  answer = { status: 204, body: '' };
  await api.takeSeat(key, seat);
  expect(await api.isAlive(device)).toBe(true);
});
