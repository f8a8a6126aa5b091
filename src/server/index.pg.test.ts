import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { createConnection, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from './store/connect.ts';
import { openVideo } from './testing/open-video.ts';
import { postJson, serverProcesses } from './testing/server-process.ts';
import { blankDatabase, ignore, testDatabase } from './testing/test-database.ts';

let bench: ReturnType<typeof serverProcesses>;

beforeEach(() => {
  bench = serverProcesses();
});

afterEach(() => bench.close());

test('a first start brings the demo office, and the next one the same with its data', async () => {
  const first = bench.start();
  const facts = await first.ready;
  expect(facts.demo?.agents.map(({ email }) => email)).toEqual(
    ['ana', 'luis', 'marta', 'sofia', 'admin'].map((name) => `${name}@demo.test`),
  );
  expect(facts.demo?.agents[0]?.main).toEqual(['Caja', 'Reclamos']);
  const issue = (server: string) =>
    postJson(
      `${server}/v1/branches/centro/tickets`,
      { service: 'Caja' },
      { authorization: `Bearer ${facts.demo?.deviceToken}` },
    );
  expect(await (await issue(facts.server)).json()).toMatchObject({ number: 1, code: 'C-001' });
  expect(await first.stop()).toEqual([0, null]);
  expect(first.lines()).toBe(1);
  for (const name of ['demo.json', 'metrics-token'])
    expect(statSync(join(bench.dataFolder, name)).mode & 0o777).toBe(0o600);
  expect(statSync(bench.dataFolder).mode & 0o777).toBe(0o700);

  const second = bench.start();
  const again = await second.ready;
  expect(again.demo).toEqual(facts.demo);
  expect(await (await issue(again.server)).json()).toMatchObject({ number: 2, code: 'C-002' });
  expect(second.said()).not.toContain(facts.demo?.password);
  expect(second.said()).not.toContain(facts.demo?.deviceToken);
});

test('[R12] a second start in the same data folder ends with 1 and one line that names the process', async () => {
  const first = bench.start();
  await first.ready;
  const second = bench.start();
  expect(await second.ended).toEqual([1, null]);
  expect(second.said()).toBe(`The data folder ${bench.dataFolder} is in use by the process ${first.child.pid}.\n`);
});

test('[B94] a port in use and a wrong value end with 78 and one line that names the variable', async () => {
  const database = await testDatabase();
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const port = String((taken.address() as AddressInfo).port);
  const busy = bench.start({ VENTANILLA_PORT: port, VENTANILLA_DATABASE_URL: database.url });
  expect(await busy.ended).toEqual([78, null]);
  const lines = busy
    .said()
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('{'));
  expect(lines).toEqual([`VENTANILLA_PORT: ${port} is in use by another program`]);
  taken.close();
  const wrong = bench.start({ VENTANILLA_HOST: '0.0.0.0' });
  expect(await wrong.ended).toEqual([78, null]);
  expect(wrong.said()).toMatch(/^VENTANILLA_HOST: .*\n$/);
  const none = bench.start({ VENTANILLA_DATABASE_URL: 'postgres://127.0.0.1:1/none' });
  expect(await none.ended).toEqual([78, null]);
  expect(none.said()).toBe('VENTANILLA_DATABASE_URL: the database cannot be reached (ECONNREFUSED)\n');
  await database.drop();
});

test('an own database starts empty and is told how to be set up', async () => {
  const database = await blankDatabase();
  const server = bench.start({ VENTANILLA_DATABASE_URL: database.url });
  const facts = await server.ready;
  expect(facts).toEqual({ server: facts.server, docs: `${facts.server}/docs` });
  expect(server.said()).toContain('npm run admin -- setup --file office.yaml');
  expect((await fetch(`${facts.server}/readyz`)).status).toBe(200);
  expect(await server.stop()).toEqual([0, null]);
  await database.drop();
});

test('[R12] a server outlives its connections to an own database, cut again and again', async () => {
  const database = await testDatabase();
  const server = bench.start({ VENTANILLA_DATABASE_URL: database.url });
  const { server: url } = await server.ready;
  const store = connect(database.url, ignore);
  const cut = sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`;
  for (let round = 0; round < 30; round += 1) {
    const asked = Array.from({ length: 8 }, () => fetch(`${url}/readyz`).then(({ status }) => status));
    await cut.execute(store.db);
    for (const status of await Promise.all(asked)) expect([200, 503]).toContain(status);
  }
  // A connection that was cut while idle is met once more.
  await expect.poll(() => fetch(`${url}/readyz`).then(({ status }) => status)).toBe(200);
  expect(await server.stop()).toEqual([0, null]);
  await store.close();
  await database.drop();
});

test('[R15] a database of a newer version ends the start with 1 and one clear line', async () => {
  const database = await testDatabase();
  const store = connect(database.url, ignore);
  await sql`INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-tomorrow', '2099-01-01')`.execute(store.db);
  await store.close();
  const server = bench.start({ VENTANILLA_DATABASE_URL: database.url });
  expect(await server.ended).toEqual([1, null]);
  expect(server.said()).toMatch(/^The database was written by a newer version of Ventanilla .*\n$/);
  await database.drop();
});

test('[R12] a server whose database is gone ends with 1, and the next start has its data', async () => {
  const server = bench.start();
  const { demo } = await server.ready;
  const pidFile = readFileSync(join(bench.dataFolder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8');
  process.kill(Number(pidFile.split('\n')[0]), 'SIGKILL');
  expect(await server.ended).toEqual([1, null]);
  expect(server.said()).toContain('the database is gone');
  const again = bench.start();
  expect((await again.ready).demo).toEqual(demo);
});

test('[R8] a socket that does not answer and a request that does not end hold up no stop', async () => {
  const server = bench.start();
  const { server: url } = await server.ready;
  const { hostname, port, host } = new URL(url);
  const socket = createConnection(Number(port), hostname).on('error', ignore);
  const headers = [
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  socket.write(`GET /v1/public/socket HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${url}\r\n${headers.join('\r\n')}\r\n\r\n`);
  await once(socket, 'data');
  const request = createConnection(Number(port), hostname).on('error', ignore);
  request.write(
    'POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
  );
  const from = performance.now();
  expect(await server.stop()).toEqual([0, null]);
  expect(performance.now() - from).toBeLessThan(10_000);
  socket.destroy();
  request.destroy();
});

test('[B74] [R12] the addresses of a guest that nobody may try are counted in the figures of the server', async () => {
  const facts = await bench.start().ready;
  const dropped = async (): Promise<string | undefined> =>
    /^ventanilla_signal_candidates_dropped_total (.+)$/m.exec(
      await (await fetch(`${facts.server}/metrics`)).text(),
    )?.[1];
  const video = await openVideo(facts);
  await video.guestSees(({ phase }) => phase === 'attending');
  expect(await dropped()).toBe('0');
  const candidate = 'candidate:1 1 udp 2122260223 169.254.169.254 54321 typ host';
  const data = { type: 'candidate', candidate, sdpMid: '0', sdpMLineIndex: 0 };
  video.guestSays({ type: 'signal', signal: { session: 1, data } });
  await expect.poll(dropped).toBe('1');
  video.close();
});
