import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import type { StoreClient } from '../cache/store-client.ts';
import { quickTimings } from '../testing/test-desk.ts';
import { openDeskSocket } from './desk-socket.ts';

/** What a desk is told over a connection whose one frame of a stream leads to `applied`. */
async function told(applied: () => Promise<unknown>): Promise<string[]> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    socket.on('message', () => {
      socket.send(JSON.stringify({ type: 'changes', stream: 'branch:x', changes: [] }));
      socket.send(JSON.stringify({ type: 'caughtUp', serverTime: 1 }));
      socket.close();
    });
  });
  const ask = (name: string): Promise<unknown> => (name === 'stream.apply' ? applied() : Promise.resolve({}));
  const events: string[] = [];
  const { promise: afterCaughtUp, resolve } = Promise.withResolvers<void>();
  const { ended } = openDeskSocket(
    {
      url: new URL(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`),
      device: { id: 'd', secret: 's' } as unknown as Parameters<typeof openDeskSocket>[0]['device'],
      ticket: 't',
      store: { ask } as unknown as StoreClient,
      branchSchema: undefined,
      timings: quickTimings,
    },
    {
      welcome: () => undefined,
      caughtUp: () => events.push('caughtUp'),
      offered: () => undefined,
      pong: () => undefined,
      refused: () => undefined,
      transfers: () => undefined,
      room: () => undefined,
      applied: () => events.push('applied'),
    },
  );
  await ended;
  server.close(() => resolve());
  await afterCaughtUp;
  return events;
}

test('[R10] a connection whose frame was not taken is never said to have caught up', async () => {
  expect(await told(() => Promise.reject(new Error('full')))).toEqual([]);
  expect(await told(() => Promise.resolve({ status: 'gap', returned: [], transfers: [], broken: 0 }))).toEqual([]);
  expect(await told(() => Promise.resolve({ status: 'applied', returned: [], transfers: [], broken: 0 }))).toEqual([
    'applied',
    'caughtUp',
  ]);
});
