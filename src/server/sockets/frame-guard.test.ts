import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { DeskUp, PublicUp } from '../../protocol/socket/up.ts';
import { portuguese } from '../../texts/portuguese.ts';
import { guardFrames } from './frame-guard.ts';

/** What a guard says and takes of one frame. */
function guarded(
  schema: typeof DeskUp | typeof PublicUp,
  frame: string | Uint8Array,
): { said: string[]; taken: unknown[] } {
  const said: string[] = [];
  const taken: unknown[] = [];
  const socket = Object.assign(new EventEmitter(), {
    OPEN: 1,
    readyState: 1,
    send: (text: string) => void said.push(text),
    close: () => undefined,
    terminate: () => undefined,
  });
  guardFrames(
    socket as unknown as WebSocket,
    schema,
    { language: 'pt', requestId: 'of-the-socket' },
    { take: (good) => void taken.push(good), left: () => undefined },
  );
  socket.emit('message', Buffer.from(frame), typeof frame !== 'string');
  socket.emit('close');
  return { said, taken };
}

const badFrame = JSON.stringify({
  type: 'error',
  error: { code: 'BAD_FRAME', title: portuguese.errors.BAD_FRAME, retryable: false, requestId: 'of-the-socket' },
});

const types = ['authenticate', 'ping', 'watchDisplay', 'watchTurn', 'base', 'constructor', '__proto__', 'toString'];
/** Objects near to ours: our keys with any value, and keys of others. */
const nearlyOurs = fc
  .record(
    {
      type: fc.oneof(fc.constantFrom(...types), fc.jsonValue()),
      protocol: fc.jsonValue(),
      ticket: fc.jsonValue(),
      cursors: fc.jsonValue(),
      branch: fc.jsonValue(),
      token: fc.jsonValue(),
      ['__proto__']: fc.jsonValue(),
    },
    { requiredKeys: ['type'] },
  )
  .map((frame) => JSON.stringify(frame));
const broken = nearlyOurs.chain((text) => fc.nat(text.length).map((end) => text.slice(0, end)));

test.each([
  ['desk', DeskUp],
  ['public', PublicUp],
])('[T15] at the %s door whatever comes is one of our frames or one fixed answer', (_door, schema) => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), nearlyOurs, broken, fc.uint8Array()), (frame) => {
      const { said, taken } = guarded(schema, frame);
      if (taken.length === 0) expect(said).toEqual([badFrame]);
      else {
        expect(said).toEqual([]);
        expect(schema.parse(JSON.parse(String(frame)))).toEqual(taken[0]);
      }
    }),
    { numRuns: 3_000 },
  );
  expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
});
