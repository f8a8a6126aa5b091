import type { IncomingMessage } from 'node:http';
import { fastify } from 'fastify';
import { expect, test } from 'vitest';
import { createSourceAddress } from './source-address.ts';

const proxies = ['127.0.0.1', '10.0.0.0/8', 'fd00::/8'];

test.each([
  ['a peer that is no proxy', '203.0.113.7', '198.51.100.1', '203.0.113.7'],
  ['a proxy that names nobody', '127.0.0.1', undefined, '127.0.0.1'],
  ['a proxy', '127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['a proxy on a socket of both families', '::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['a proxy behind a proxy', '127.0.0.1', '198.51.100.1, 10.2.3.4', '198.51.100.1'],
  ['a customer who names somebody else', '127.0.0.1', '192.0.2.1, 198.51.100.1', '198.51.100.1'],
  ['a customer who names a proxy', '127.0.0.1', '10.1.1.1,198.51.100.1', '198.51.100.1'],
  ['a customer over IPv6', 'fd12::1', '2001:db8::7', '2001:db8::7'],
  ['proxies alone', '127.0.0.1', '10.1.1.1', '10.1.1.1'],
])('[T22] [T31] %s: the address is the one of the HTTP side', async (_who, peer, forwarded, address) => {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  const request = { headers, socket: { remoteAddress: peer } } as unknown as IncomingMessage;
  expect(createSourceAddress(proxies)(request)).toBe(address);
  const app = fastify({ trustProxy: proxies });
  app.get('/', (asked, reply) => reply.send(asked.ip));
  expect((await app.inject({ url: '/', headers, remoteAddress: peer })).body).toBe(address);
  await app.close();
});
