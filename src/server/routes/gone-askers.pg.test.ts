import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { guestDoor, openVisit, send } from '../files/testing/file-bench.ts';
import { createLog } from '../start/log.ts';
import { ask, seatAt, testServer, type SignedInDesk, type TestServer } from '../testing/test-server.ts';

interface Line {
  level: string;
  msg: string;
  route?: string;
}

let server: TestServer;
let luis: SignedInDesk;
let lines: Line[];
let waiting: Set<() => void>;
let isFull: () => Promise<boolean>;

beforeEach(async () => {
  lines = [];
  waiting = new Set();
  isFull = () => Promise.resolve(false);
  const log = createLog({
    write: (line) => {
      lines.push(JSON.parse(line) as Line);
      for (const look of waiting) look();
    },
  });
  server = await testServer({ log, disk: { isFull: () => isFull() } });
  luis = await seatAt(server, 'luis@demo.test', 'centro', 1);
  await server.app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => server.close());

/** The first line about a request that did not come to its end. */
const told = (): Promise<Line> =>
  new Promise((resolve) => {
    const look = (): void => {
      const line = lines.find(({ msg }) =>
        ['request failed', 'an answer broke off', 'the asker went away'].includes(msg),
      );
      if (!line) return;
      waiting.delete(look);
      resolve(line);
    };
    waiting.add(look);
    look();
  });

const door = async (): Promise<Socket> => {
  const socket = connect((server.app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
};
const head = (first: string, headers: Record<string, string>): string =>
  [first, 'Host: x', ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');

/** Once the server reads the body of the next request. */
const reading = (): Promise<void> =>
  new Promise((resolve) => {
    server.app.server.once('request', (request: IncomingMessage) => request.once('resume', resolve));
  });

/** A file of a guest whose bytes come from the disk as the test wants them to. */
async function fileFrom(disk: Readable): Promise<Socket> {
  const visit = await openVisit(server, luis);
  const sent = await send(server, guestDoor(visit), 'nota.txt', Buffer.from('Hola'));
  const { id } = sent.json<{ id: string }>();
  const files = server.context.files!;
  const open = (): ReturnType<typeof files.blobs.open> =>
    Promise.resolve({ bytes: 1_000, read: () => disk, close: () => Promise.resolve() });
  files.blobs = { ...files.blobs, open };
  const socket = await door();
  socket.write(head(`GET /v1/guest/files/${id} HTTP/1.1`, visit.guest));
  await once(socket, 'data');
  return socket;
}

const stalled = (): Readable => {
  const disk = new Readable({ read: () => undefined });
  disk.push('Hola');
  return disk;
};

test.each(['/v1/guest/uploads/:upload', '/v1/desk/uploads/:upload'])(
  '[B25] a part that its sender breaks off is no fault of the server: %s',
  async (route) => {
    const isRead = reading();
    const socket = await door();
    const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': '1000' };
    socket.write(`${head(`PATCH ${route.replace(':upload', crypto.randomUUID())} HTTP/1.1`, headers)}abc`);
    await isRead;
    socket.resetAndDestroy();
    expect(await told()).toMatchObject({ level: 'info', msg: 'the asker went away', route });
  },
);

test('[B25] nor is any other body, nor a download that its reader breaks off', async () => {
  const isRead = reading();
  const sender = await door();
  sender.write(head('POST /v1/sessions HTTP/1.1', { 'Content-Type': 'application/json', 'Content-Length': '50' }));
  await isRead;
  sender.destroy();
  expect(await told()).toMatchObject({ level: 'info', route: '/v1/sessions' });
  lines = [];
  const reader = await fileFrom(stalled());
  reader.destroy();
  expect(await told()).toMatchObject({ level: 'info', route: '/v1/guest/files/:file' });
  expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
});

test('twin: a disk that fails in the middle of a download is an error of the server', async () => {
  const disk = stalled();
  const reader = await fileFrom(disk);
  disk.destroy(Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' }));
  expect(await told()).toMatchObject({ level: 'error', route: '/v1/guest/files/:file' });
  await once(reader, 'close');
});

test.each(['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'])(
  'twin: so is a connection of the server’s own that breaks with %s, while the asker is there',
  async (code) => {
    isFull = () => Promise.reject(Object.assign(new Error('aborted'), { code }));
    const response = await ask(server, 'POST', '/v1/sessions', {});
    expect(response.statusCode).toBeGreaterThanOrEqual(500);
    expect(await told()).toMatchObject({ level: 'error', msg: 'request failed', route: '/v1/sessions' });
  },
);
