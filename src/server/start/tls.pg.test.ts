import { once } from 'node:events';
import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:tls';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let port: number;
let cert: string;

beforeAll(async () => {
  const pems = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  cert = pems.cert;
  server = await testServer({ tls: { cert: Buffer.from(cert), key: Buffer.from(pems.private) } });
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  ({ port } = server.app.server.address() as AddressInfo);
});

afterAll(() => server.close());

test('[T22] with a certificate the server speaks TLS and tells browsers to stay with it', async () => {
  const asked = request({
    host: '127.0.0.1',
    port,
    path: '/livez',
    ca: cert,
    servername: 'localhost',
    agent: false,
  }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(200);
  expect(response.headers['strict-transport-security']).toMatch(/^max-age=31536000/);
  response.resume();
});

test.each(['TLSv1', 'TLSv1.1'] as const)('[T22] %s is not spoken', async (version) => {
  const socket = connect({
    host: '127.0.0.1',
    port,
    rejectUnauthorized: false,
    minVersion: version,
    maxVersion: version,
    // The level at which this machine's own library would try at all.
    ciphers: 'DEFAULT@SECLEVEL=0',
  });
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toMatch(/ALERT_PROTOCOL_VERSION|ECONNRESET/);
});
