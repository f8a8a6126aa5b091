import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EnvironmentError, readEnvironment, serverUrl } from './environment.ts';

let folder: string;
let cert: string;
let key: string;
let otherKey: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-environment-'));
  const [one, other] = await Promise.all([generate([]), generate([])]);
  cert = join(folder, 'cert.pem');
  key = join(folder, 'key.pem');
  otherKey = join(folder, 'other.pem');
  writeFileSync(cert, one.cert);
  writeFileSync(key, one.private);
  writeFileSync(otherKey, other.private);
});

afterAll(() => rmSync(folder, { recursive: true }));

function refusal(variables: Record<string, string>): EnvironmentError {
  try {
    readEnvironment(variables);
  } catch (error) {
    if (error instanceof EnvironmentError) return error;
    throw error;
  }
  throw new Error(`accepted ${JSON.stringify(variables)}`);
}

test('without variables the server is on loopback with its own database', () => {
  expect(readEnvironment({ PATH: '/bin', VENTANILLA_UNKNOWN: '1' })).toEqual({
    dataFolder: resolve('data'),
    port: 7420,
    host: '127.0.0.1',
    publicUrl: null,
    tls: null,
    trustedProxies: [],
    databaseUrl: null,
    headersKept: 100_000,
    turn: null,
  });
});

test.each([
  ['VENTANILLA_PORT', { VENTANILLA_PORT: 'http' }],
  ['VENTANILLA_TURN_POLICY', { VENTANILLA_TURN_POLICY: 'some' }],
  ['VENTANILLA_TURN_POLICY', { VENTANILLA_TURN_POLICY: 'relay' }],
  ['VENTANILLA_TURN_LIFETIME', { VENTANILLA_TURN_LIFETIME: '601' }],
  [
    'VENTANILLA_TURN_POLICY',
    { VENTANILLA_TURN_URLS: 'stun:a.test', VENTANILLA_TURN_SECRET: 's', VENTANILLA_TURN_POLICY: 'relay' },
  ],
  ['VENTANILLA_PORT', { VENTANILLA_PORT: '65536' }],
  ['VENTANILLA_PORT', { VENTANILLA_PORT: '-1' }],
  ['VENTANILLA_PORT', { VENTANILLA_PORT: '' }],
  ['VENTANILLA_HOST', { VENTANILLA_HOST: '0.0.0.0' }],
  ['VENTANILLA_HOST', { VENTANILLA_HOST: '192.168.1.7' }],
  ['VENTANILLA_HOST', { VENTANILLA_HOST: 'two words' }],
  ['VENTANILLA_PUBLIC_URL', { VENTANILLA_PUBLIC_URL: 'turnos.example' }],
  ['VENTANILLA_PUBLIC_URL', { VENTANILLA_PUBLIC_URL: 'http://turnos.example' }],
  ['VENTANILLA_PUBLIC_URL', { VENTANILLA_PUBLIC_URL: 'https://a:b@turnos.example' }],
  ['VENTANILLA_PUBLIC_URL', { VENTANILLA_PUBLIC_URL: 'ftp://turnos.example' }],
  ['VENTANILLA_TLS_KEY', { VENTANILLA_TLS_CERT: '/nowhere/cert.pem' }],
  ['VENTANILLA_TLS_CERT', { VENTANILLA_TLS_KEY: '/nowhere/key.pem' }],
  ['VENTANILLA_TLS_CERT', { VENTANILLA_TLS_CERT: '/nowhere/cert.pem', VENTANILLA_TLS_KEY: '/nowhere/key.pem' }],
  ['VENTANILLA_TRUST_PROXY', { VENTANILLA_TRUST_PROXY: 'true' }],
  ['VENTANILLA_TRUST_PROXY', { VENTANILLA_TRUST_PROXY: '0.0.0.0/0' }],
  ['VENTANILLA_TRUST_PROXY', { VENTANILLA_TRUST_PROXY: '10.0.0.1,' }],
  ['VENTANILLA_DATABASE_URL', { VENTANILLA_DATABASE_URL: '' }],
  ['VENTANILLA_DATABASE_URL', { VENTANILLA_DATABASE_URL: 'mysql://db/ventanilla' }],
  ['VENTANILLA_DATABASE_URL', { VENTANILLA_DATABASE_URL: 'postgres:///ventanilla' }],
  ['VENTANILLA_DATABASE_URL', { VENTANILLA_DATABASE_URL: 'postgres://u:p@db' }],
  ['VENTANILLA_HEADERS_KEPT', { VENTANILLA_HEADERS_KEPT: '999' }],
  ['VENTANILLA_HEADERS_KEPT', { VENTANILLA_HEADERS_KEPT: '1000001' }],
  ['VENTANILLA_OPEN', { VENTANILLA_OPEN: 'chrome' }],
  ['VENTANILLA_DESKS', { VENTANILLA_DESKS: 'two' }],
  ['VENTANILLA_SERVER', { VENTANILLA_SERVER: 'http://10.0.0.1:7420' }],
  ['VENTANILLA_TURN_URLS', { VENTANILLA_TURN_URLS: 'http://turn', VENTANILLA_TURN_SECRET: 's' }],
  ['VENTANILLA_TURN_SECRET', { VENTANILLA_TURN_URLS: 'turn:turn.example' }],
  ['VENTANILLA_TURN_URLS', { VENTANILLA_TURN_SECRET: 's' }],
])('[B94] a wrong value is refused with one line that names %s: %o', (variable, variables) => {
  const { message, variable: named } = refusal(variables);
  expect(named).toBe(variable);
  expect(message).toMatch(new RegExp(`^${variable}: .+$`));
});

test('[B94] the line about a database address does not repeat its password', () => {
  expect(refusal({ VENTANILLA_DATABASE_URL: 'postgres://u:hunter2@db' }).message).not.toContain('hunter2');
});

test('[B94] [T22] a key that is not the certificate’s, and files that hold neither, are named', () => {
  expect(refusal({ VENTANILLA_TLS_CERT: cert, VENTANILLA_TLS_KEY: otherKey }).message).toBe(
    'VENTANILLA_TLS_KEY: is not the key of VENTANILLA_TLS_CERT',
  );
  expect(refusal({ VENTANILLA_TLS_CERT: import.meta.filename, VENTANILLA_TLS_KEY: key }).variable).toBe(
    'VENTANILLA_TLS_CERT',
  );
  expect(refusal({ VENTANILLA_TLS_CERT: cert, VENTANILLA_TLS_KEY: import.meta.filename }).variable).toBe(
    'VENTANILLA_TLS_KEY',
  );
});

test('[T22] the network is reached with TLS or behind a named proxy', () => {
  const secure = readEnvironment({ VENTANILLA_HOST: '0.0.0.0', VENTANILLA_TLS_CERT: cert, VENTANILLA_TLS_KEY: key });
  expect(secure.tls).not.toBeNull();
  const proxied = readEnvironment({ VENTANILLA_HOST: '::', VENTANILLA_TRUST_PROXY: '10.0.0.5, fd00::/8' });
  expect(proxied.trustedProxies).toEqual(['10.0.0.5', 'fd00::/8']);
});

test('a relay is its addresses and its secret; without a policy every way is good', () => {
  const relay = { VENTANILLA_TURN_URLS: 'turn:a.test:3478, stun:a.test', VENTANILLA_TURN_SECRET: 'north' };
  const turn = { urls: ['turn:a.test:3478', 'stun:a.test'], secret: 'north', policy: 'all', lifetimeMs: 600_000 };
  expect(readEnvironment(relay).turn).toEqual(turn);
  expect(readEnvironment({ ...relay, VENTANILLA_TURN_POLICY: 'relay' }).turn).toEqual({ ...turn, policy: 'relay' });
  expect(readEnvironment({ ...relay, VENTANILLA_TURN_LIFETIME: '10' }).turn).toEqual({ ...turn, lifetimeMs: 10_000 });
});

test('addresses are kept without a trailing slash', () => {
  expect(readEnvironment({ VENTANILLA_PUBLIC_URL: 'https://turnos.example/app/' }).publicUrl).toBe(
    'https://turnos.example/app',
  );
  expect(serverUrl({ host: '::1', tls: null }, 7420)).toBe('http://[::1]:7420');
});
