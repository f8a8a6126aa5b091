import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { openDesk, serverProcesses } from '../testing/server-process.ts';

let bench: ReturnType<typeof serverProcesses>;

beforeEach(() => {
  bench = serverProcesses();
});

afterEach(() => bench.close());

const closeOf = async (socket: WebSocket): Promise<[number, string]> => {
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
  return [code, reason.toString()];
};

test('[R8] a stop closes sockets with 1012 and ends within 10 s', async () => {
  const server = bench.start();
  const socket = await openDesk(await server.ready);
  const closed = closeOf(socket);
  const from = performance.now();
  expect(await server.stop()).toEqual([0, null]);
  expect((await closed)[0]).toBe(1012);
  expect(performance.now() - from).toBeLessThan(10_000);
});

test('[T13] disabling an account from the command line closes its socket within 5 s', async () => {
  const server = bench.start();
  const socket = await openDesk(await server.ready);
  const closed = closeOf(socket);
  const from = performance.now();
  expect(await bench.admin(['user', 'disable', 'ana@demo.test'])).toMatchObject({ code: 0 });
  expect(await closed).toEqual([4401, 'disabled']);
  expect(performance.now() - from).toBeLessThan(5_000);
});

test('[T10] [T13] revoking a desk from the command line closes its socket within 5 s, and says why', async () => {
  const server = bench.start();
  const socket = await openDesk(await server.ready);
  const closed = closeOf(socket);
  const { said } = await bench.admin(['--json', 'desk', 'list']);
  const { desks } = JSON.parse(said) as { desks: { id: string }[] };
  expect(desks).toHaveLength(1);
  const from = performance.now();
  expect(await bench.admin(['desk', 'revoke', desks[0]?.id ?? ''])).toMatchObject({ code: 0 });
  expect(await closed).toEqual([4401, 'deskRevoked']);
  expect(performance.now() - from).toBeLessThan(5_000);
});

test('[R18] a backup is taken beside a running server, and restored into a new data folder', async () => {
  const server = bench.start();
  await server.ready;
  expect(await bench.admin(['backup', '--to', join(bench.folder, 'backup')])).toMatchObject({ code: 0 });
  expect(await server.stop()).toEqual([0, null]);
  rmSync(bench.dataFolder, { recursive: true });
  expect(await bench.admin(['restore', '--from', join(bench.folder, 'backup')])).toMatchObject({ code: 0 });
  const again = bench.start();
  const { demo } = await again.ready;
  // Its secrets were in the folder that is gone.
  expect(demo).toBeUndefined();
  const manifest = JSON.parse(readFileSync(join(bench.folder, 'backup', 'manifest.json'), 'utf8')) as {
    tables: { name: string; rows: number }[];
  };
  expect(manifest.tables).toContainEqual(expect.objectContaining({ name: 'contact', rows: 40 }));
});

test('the demo is wiped for good, with the server stopped', async () => {
  const server = bench.start();
  await server.ready;
  expect(await bench.admin(['demo', 'wipe'])).toMatchObject({
    code: 1,
    said: expect.stringContaining('stop it first'),
  });
  expect(await server.stop()).toEqual([0, null]);
  expect(await bench.admin(['demo', 'wipe'])).toMatchObject({ code: 0, said: 'Demo Telecom is removed.\n' });
  const again = bench.start();
  expect((await again.ready).demo).toBeUndefined();
  await again.stop();
  expect((await bench.admin(['demo', 'wipe'])).said).toBe('There is no demo office.');
});
