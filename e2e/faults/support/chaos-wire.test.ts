import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { layChaosWire, type ChaosWire } from './chaos-wire.ts';

/** Answers each chunk with the same bytes. */
let echo: Server;
let served: Socket[];
let wire: ChaosWire;
let near: Socket;

const dial = async (): Promise<Socket> => {
  const socket = connect(Number(new URL(wire.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
};
/** Whether it was closed by an error. */
const closeOf = (socket: Socket): Promise<boolean> =>
  new Promise((resolve) => {
    socket.once('close', resolve);
  });
const heard = async (socket: Socket, length: number): Promise<string> => {
  let text = '';
  while (text.length < length) {
    const [data] = (await once(socket, 'data')) as [Buffer];
    text += data.toString();
  }
  return text;
};

beforeEach(async () => {
  served = [];
  echo = createServer((socket) => {
    served.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => socket.write(data));
  });
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  wire = await layChaosWire(`http://127.0.0.1:${(echo.address() as AddressInfo).port}`);
  near = await dial();
});

afterEach(async () => {
  near.destroy();
  await wire.close();
  for (const socket of served) socket.destroy();
  echo.close();
  await once(echo, 'close');
});

test('a whole wire passes everything', async () => {
  near.write('hola');
  expect(await heard(near, 4)).toBe('hola');
});

test('a cut after three bytes passes three and resets', async () => {
  const struck = wire.strike({ type: 'cut', direction: 'down', afterBytes: 3 });
  near.write('hola');
  const closed = closeOf(near);
  expect(await heard(near, 3)).toBe('hol');
  await struck;
  expect(await closed).toBe(true);
});

test('a truncated answer ends as if it were whole', async () => {
  const struck = wire.strike({ type: 'truncate', direction: 'down', afterBytes: 2 });
  near.write('hola');
  const ended = once(near, 'end');
  expect(await heard(near, 2)).toBe('ho');
  await struck;
  await ended;
});

test('half open: one direction falls silent, the other goes on', async () => {
  near.write('a');
  await heard(near, 1);
  const struck = wire.strike({ type: 'halfOpen', direction: 'down', afterBytes: 0 });
  const atServer = once(served[0]!, 'data');
  near.write('b');
  await atServer;
  await struck;
  const more = once(served[0]!, 'data') as Promise<[Buffer]>;
  near.write('c');
  expect(String((await more)[0])).toBe('c');
  expect(near.bytesRead).toBe(1);
});

test('a black hole swallows everything and mending resets it', async () => {
  const struck = wire.strike({ type: 'blackhole', direction: 'up', afterBytes: 0 });
  near.write('hola');
  await struck;
  expect(near.destroyed).toBe(false);
  const closed = closeOf(near);
  wire.mend();
  await closed;
  near = await dial();
  near.write('hola');
  expect(await heard(near, 4)).toBe('hola');
});

test('what is held back stands before the bytes that were named', async () => {
  const struck = wire.strike({ type: 'hold', direction: 'down', before: Buffer.from('COMMIT'), after: 'mine' });
  const other = await dial();
  other.write('COMMIT');
  expect(await heard(other, 6)).toBe('COMMIT');
  other.destroy();
  near.write('mine COMMIT');
  expect(await heard(near, 5)).toBe('mine ');
  await struck;
});

test('an abandoned connection lives on at the target', async () => {
  near.write('a');
  await heard(near, 1);
  const closed = closeOf(near);
  wire.abandon();
  await closed;
  expect(served[0]!.destroyed).toBe(false);
  near = await dial();
  near.write('b');
  expect(await heard(near, 1)).toBe('b');
});

test('a delayed wire keeps the order', async () => {
  wire.delay(5);
  near.write('a');
  near.write('b');
  near.write('c');
  expect(await heard(near, 3)).toBe('abc');
});
