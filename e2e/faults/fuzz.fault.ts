import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { SignedIn } from '../../src/protocol/http/desk-api.ts';
import { runAdmin } from '../../src/server/admin/program.ts';
import { connect, type Store } from '../../src/server/store/connect.ts';
import { testDatabase, type TestDatabase } from '../../src/server/testing/test-database.ts';
import { english } from '../../src/texts/english.ts';
import { spanish } from '../../src/texts/spanish.ts';
import { startProcess, type Running } from '../support/start-process.ts';
import { fuzzProcess, residentBytes, type Door } from './support/fuzzed-process.ts';
import { measurable } from './support/measure.ts';

/** A long run (`FAULTS_LONG=1`) has 100,000; `FUZZ_FRAMES` says another number. */
const FRAMES = Number(process.env['FUZZ_FRAMES'] ?? (process.env['FAULTS_LONG'] === '1' ? 100_000 : 4_000));
const SEED = Number(process.env['FAULTS_SEED'] ?? randomInt(1_000_000_000));
const EXAMPLE = join(import.meta.dirname, '../../docs/office.example.yaml');
const MEGABYTE = 1024 * 1024;

let folder: string;
let database: TestDatabase;
let store: Store;
let server: Running<{ server: string }>;
let url: string;
let deskKey: string;
let secrets: string[];

beforeAll(async () => {
  process.stdout.write(`Fuzzing with seed ${SEED}\n`);
  folder = await mkdtemp(join(tmpdir(), 'ventanilla-fuzz-'));
  database = await testDatabase();
  store = connect(database.url, () => undefined);
  const variables = { VENTANILLA_DATABASE_URL: database.url, VENTANILLA_DATA: join(folder, 'data') };
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  const code = await runAdmin(['--json', 'setup', '--file', EXAMPLE], { env: variables, out: say, error: say });
  if (code !== 0) throw new Error(said.join(''));
  const { passwords, tokens } = JSON.parse(said.join('')) as {
    passwords: { email: string; password: string }[];
    tokens: { token: string }[];
  };
  const measured = measurable(measuredBy());
  server = await startProcess('out/server/server.js', {
    ...variables,
    VENTANILLA_PORT: '0',
    // Every socket comes from an address of its own, so that the limits of one address are not what is tried here.
    VENTANILLA_TRUST_PROXY: '127.0.0.1',
    ...measured,
    // What is kept for ever does not fit.
    NODE_OPTIONS: `${measured['NODE_OPTIONS']} --max-old-space-size=160`,
  });
  url = server.ready.server;
  const { email, password } = passwords[0]!;
  const answer = await fetch(`${url}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password, deskName: 'Mostrador' }),
  });
  const { device, sessionToken } = SignedIn.parse(await answer.json());
  deskKey = `${device!.id}.${device!.secret}`;
  secrets = [password, sessionToken, device!.secret, email, ...tokens.map(({ token }) => token)];
});
afterAll(async () => {
  await server?.stop();
  await store?.close();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

const measuredBy = (name = 'server'): string => join(folder, `${name}.sock`);
const addressOf = (socket: number): string => `10.${(socket >> 16) & 255}.${(socket >> 8) & 255}.${socket & 255}`;

const doors = (): Door[] => [
  {
    url: `${url.replace('http', 'ws')}/v1/desk/socket`,
    headers: (socket) => ({ authorization: `Device ${deskKey}`, 'x-forwarded-for': addressOf(socket) }),
  },
  {
    url: `${url.replace('http', 'ws')}/v1/public/socket`,
    headers: (socket) => ({ origin: url, 'x-forwarded-for': addressOf(socket), 'accept-language': 'en' }),
  },
];

/** All that an unknown talker may be told: a fixed word, or what a display shows to everybody. */
const Reply = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('error'),
    error: z.strictObject({
      code: z.enum(['BAD_FRAME', 'NOT_FOUND', 'TOO_MANY_REQUESTS']),
      title: z.enum(
        (['BAD_FRAME', 'NOT_FOUND', 'TOO_MANY_REQUESTS'] as const).flatMap((code) => [
          spanish.errors[code],
          english.errors[code],
        ]),
      ),
      retryable: z.boolean(),
      requestId: z.uuid(),
    }),
  }),
  z.strictObject({ type: z.literal('pong'), serverTime: z.int() }),
  z.strictObject({ type: z.literal('display'), state: z.object({ branchName: z.string() }) }),
]);

/** Whatever lets somebody in, as the database has it. */
async function keptSecrets(): Promise<unknown> {
  const { rows } = await store.pool.query(`
    SELECT 'agent' AS of, id, encode(password_hash::text::bytea, 'hex') AS secret, disabled_at::text AS state FROM agent
    UNION ALL SELECT 'device', id, encode(secret_hash, 'hex'), revoked_at::text FROM device
    UNION ALL SELECT 'session', id, encode(token_hash, 'hex'), end_cause FROM session ORDER BY 1, 2`);
  return rows;
}

test(`[T15] ${FRAMES} fuzzed frames leave the process, its memory and its secrets as they were`, async () => {
  const before = await keptSecrets();
  const pid = server.child.pid!;
  const { problems, replies, codes } = await fuzzProcess({
    pid,
    measuredBy: measuredBy(),
    doors: doors(),
    seed: SEED,
    count: FRAMES,
    isReply: (json) => Reply.safeParse(json).success,
    secrets,
  });
  expect(problems).toEqual([]);
  // It was really talked to: most sockets end with the tenth bad frame.
  expect(replies).toBeGreaterThan(FRAMES / 4);
  expect(
    Object.keys(codes)
      .map(Number)
      .filter((code) => ![1002, 1007, 1008, 1009, 4401].includes(code)),
  ).toEqual([]);
  expect(codes[1008]).toBeGreaterThan(FRAMES / 100);
  expect([server.child.pid, server.child.exitCode, server.child.signalCode]).toEqual([pid, null, null]);
  expect(await keptSecrets()).toEqual(before);
  expect(server.errors()).toEqual([]);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});

test('[B17] floods that nobody reads the answers of leave memory flat', async () => {
  const pid = server.child.pid!;
  const flood = async (index: number): Promise<void> => {
    const socket = connectTcp(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    const head = [
      'GET /v1/desk/socket HTTP/1.1',
      'Host: 127.0.0.1',
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      `Authorization: Device ${deskKey}`,
      `X-Forwarded-For: ${addressOf(90_000 + index)}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    await once(socket, 'readable');
    expect(String(socket.read())).toMatch(/^HTTP\/1\.1 101 /);
    // From here on nothing is read any more, and a server that cuts the socket off is right. Masked with zeros, as a client may: pings of 125 bytes, and text that is no frame.
    const ping = Buffer.concat([Buffer.from([0x89, 0x80 | 125, 0, 0, 0, 0]), Buffer.alloc(125, 'p')]);
    const text = Buffer.concat([Buffer.from([0x81, 0x80 | 100, 0, 0, 0, 0]), Buffer.alloc(100, 't')]);
    const block = Buffer.concat(Array.from({ length: 4_000 }, () => (index % 2 === 0 ? ping : text)));
    for (let times = 0; times < 6 && !socket.destroyed; times += 1) {
      if (!socket.write(block))
        await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => undefined);
    }
    socket.destroy();
  };
  const floods = (): Promise<unknown> => Promise.all(Array.from({ length: 20 }, (_, index) => flood(index)));
  // What is under way at once has its size after the first time; what is kept would grow with each.
  await floods();
  const before = residentBytes(pid);
  for (let times = 0; times < 3; times += 1) await floods();
  expect(residentBytes(pid) - before).toBeLessThan(64 * MEGABYTE);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});

test.each([
  ['tells', 'the inside in a reply'],
  ['echoes', 'a secret in a reply'],
  ['keeps', 'memory grew'],
  ['falls', /a socket failed|the process is gone/],
])('[T15] a naive server that %s is found out', async (sins, expected) => {
  const naive = await startProcess<{ port: number }>('e2e/faults/support/naive-socket-server.ts', {
    SINS: sins,
    ...measurable(measuredBy(sins)),
  });
  const { problems } = await fuzzProcess({
    pid: naive.child.pid!,
    measuredBy: measuredBy(sins),
    doors: [{ url: `ws://127.0.0.1:${naive.ready.port}`, headers: () => ({}) }],
    seed: SEED,
    count: 2_000,
    isReply: () => true,
    secrets: ['token-of-ana'],
  });
  await naive.stop('SIGKILL');
  expect(problems.join('\n')).toMatch(expected);
});
