import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHttpClient, type HttpClient, type HttpRequest } from './http-client.ts';

let server: Server;
let origin: URL;
let client: HttpClient;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let connections: number;
beforeEach(async () => {
  connections = 0;
  answer = (request, response) => void request.pipe(response);
  server = createServer((request, response) => answer(request, response));
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  client = createHttpClient(origin);
});
afterEach(async () => {
  client.close();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const send = (more: Partial<HttpRequest> = {}): Promise<IncomingMessage> =>
  client.send(origin, { method: 'POST', headers: {}, body: 'Hola', signal: new AbortController().signal, ...more });

test('one request after another goes over one connection', async () => {
  for (let time = 0; time < 3; time += 1) expect(await text(await send())).toBe('Hola');
  expect(connections).toBe(1);
});

test('no more than four connections, and all that is asked comes', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, async () => text(await send())));
  expect(answers).toEqual(answers.map(() => 'Hola'));
  expect(connections).toBe(4);
});

test('[R7] a server that does not answer is given up when its time is over', async () => {
  answer = () => undefined;
  await expect(send({ headTimeoutMs: 20 })).rejects.toThrow('No answer within 20 ms.');
  await expect(send({ signal: AbortSignal.timeout(20) })).rejects.toThrow('aborted');
});

test('[R7] one that waits for a connection is given up at its time too, not when a connection is free', async () => {
  const asked = Promise.withResolvers<void>();
  let seen = 0;
  answer = () => {
    seen += 1;
    if (seen === 4) asked.resolve();
  };
  const controller = new AbortController();
  const hanging = Promise.allSettled(Array.from({ length: 4 }, () => send({ signal: controller.signal })));
  await asked.promise;
  await expect(send({ signal: AbortSignal.timeout(20) })).rejects.toThrow('aborted');
  expect(seen).toBe(4);
  controller.abort();
  await hanging;
});

test('what is aborted before it is asked is not asked', async () => {
  await expect(send({ signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  expect(connections).toBe(0);
});

test('[R7] a body that breaks off fails, and is no shorter body', async () => {
  answer = (_request, response) => {
    response.writeHead(200, { 'content-length': 10 });
    response.write('12345', () => response.destroy());
  };
  await expect(text(await send())).rejects.toThrow('aborted');
});

test('once closed, what is under way and what still waits for a connection fail', async () => {
  const asked = Promise.withResolvers<void>();
  answer = () => asked.resolve();
  const pending = Promise.allSettled(Array.from({ length: 6 }, () => send()));
  await asked.promise;
  client.close();
  expect((await pending).map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'rejected'));
});
