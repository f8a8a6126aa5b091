import { beforeEach, expect, test } from 'vitest';
import { DeskError } from '../desk-error.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { DeviceId } from '../../protocol/ids.ts';
import type { StoreClient } from '../cache/store-client.ts';
import { idOf } from '../testing/fake-office.ts';
import { createUnendedSessions } from './unended-sessions.ts';

const device = { id: idOf<DeviceId>('8', 1), secret: 'secret' };
let kept: string[];
let told: string[];
let refusal: DeskError | null;
let sessions: ReturnType<typeof createUnendedSessions>;

beforeEach(() => {
  kept = [];
  told = [];
  refusal = null;
  const ask = async (name: string, _secret: string, value: string[]): Promise<unknown> => {
    const answer = name === 'secret.put' ? void (kept = value) : kept;
    await new Promise(setImmediate);
    return answer;
  };
  sessions = createUnendedSessions({ ask } as unknown as StoreClient, {
    signOut: async ({ token }) => {
      if (refusal) throw refusal;
      told.push(token);
    },
  });
});

const refused = (code: ErrorCode, retryable: boolean): DeskError =>
  new DeskError(code, { body: { code, title: code, retryable, requestId: 'test' } });

test.each(['UNAVAILABLE', 'INTERNAL', 'TOO_MANY_REQUESTS', 'DISK_FULL'] as const)(
  '[S2-52] a sign-out that the server refuses for now as %s is told again',
  async (code) => {
    await sessions.add('one');
    refusal = refused(code, true);
    await expect(sessions.end(device)).rejects.toBe(refusal);
    refusal = null;
    await sessions.end(device);
    expect(told).toEqual(['one']);
    expect(kept).toEqual([]);
  },
);

test('[S2-52] one that is not to be ended any more is forgotten', async () => {
  await sessions.add('one');
  refusal = refused('UNAUTHENTICATED', false);
  await sessions.end(device);
  expect(kept).toEqual([]);
});

test('[S2-52] two at once are both kept, and one that comes while another ends stays', async () => {
  await Promise.all([sessions.add('one'), sessions.add('two')]);
  expect(kept).toEqual(['one', 'two']);
  await Promise.all([sessions.end(device), sessions.add('three')]);
  await sessions.end(device);
  expect([...new Set(told)]).toEqual(['one', 'two', 'three']);
  expect(kept).toEqual([]);
});
