import { expect, test } from 'vitest';
import { makeIce } from './make-ice.ts';

const turn = {
  urls: ['turn:relay.test:3478?transport=udp', 'turns:relay.test:443', 'stun:relay.test:3478'],
  secret: 'north',
  policy: 'relay',
  lifetimeMs: 600_000,
} as const;

test('[T5] credentials name their user and their end, and are proven by the shared secret alone', () => {
  const ice = makeIce({ ...turn, urls: [...turn.urls] }, 'attention-1', 1_700_000_000_000);
  expect(ice).toEqual({
    policy: 'relay',
    servers: [
      { urls: ['stun:relay.test:3478'] },
      {
        urls: ['turn:relay.test:3478?transport=udp', 'turns:relay.test:443'],
        username: '1700000600:attention-1',
        // openssl dgst -sha1 -hmac north -binary | base64, of the username.
        credential: 'czYNh9LRpPmsRZZtduanEs8BM7E=',
      },
    ],
    expiresAt: 1_700_000_600_000,
  });
});

test('without a relay there is nothing to reach and nothing that expires', () => {
  expect(makeIce(undefined, 'attention-1', 0)).toEqual({ policy: 'all', servers: [], expiresAt: null });
});
