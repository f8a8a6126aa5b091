import { expect, test, vi } from 'vitest';
import type { TicketId, UploadId } from '../../../protocol/ids.ts';
import type { DeskClient } from '../../bridge/desk-client.ts';
import { ownRefusal } from '../../bridge/desk-refusal.ts';
import { createDeskStore } from '../../stores/create-desk-store.ts';
import { createUploads } from './create-uploads.ts';

const ticketId = '0198f0d0-0000-7000-8000-000000000001' as TicketId;
const file = (name: string): File => new File(['bytes'], name, { type: 'text/plain' });

/** A desk that takes files one after the other; `finish` ends the first, once a part of it has come. */
function uploadsOn() {
  const store = createDeskStore();
  const begun: string[] = [];
  const cancelled: unknown[] = [];
  let partCame: (end: () => void) => void;
  const firstPart = new Promise<() => void>((resolve) => (partCame = resolve));
  const desk = {
    call: async (name: string, input: { name?: string; uploadId?: UploadId; offset?: number }) => {
      if (name === 'files.begin') {
        begun.push(String(input.name));
        return { uploadId: `upload of ${input.name}` };
      }
      if (name === 'files.cancel') return void cancelled.push(input.uploadId);
      await new Promise<void>((resolve) => partCame(resolve));
      return { offset: 5 };
    },
  } as unknown as DeskClient;
  const queued = (): string[] => store.getState().queuedFiles.map(({ name }) => name);
  return {
    store,
    uploads: createUploads(desk, store),
    begun,
    cancelled,
    queued,
    finish: async () => (await firstPart)(),
  };
}

test('[S2-47] of several picked files those that wait are told, and each can be taken off before its turn', async () => {
  const { store, uploads, begun, queued, finish } = uploadsOn();
  uploads.send(ticketId, [file('a.txt'), file('b.txt'), file('c.txt')]);
  expect(queued()).toEqual(['a.txt', 'b.txt', 'c.txt']);
  await vi.waitFor(() => expect(queued()).toEqual(['b.txt', 'c.txt']));
  store.getState().queuedGone(store.getState().queuedFiles[0]!.id);
  expect(queued()).toEqual(['c.txt']);
  await finish();
  await vi.waitFor(() => expect(begun).toEqual(['a.txt', 'c.txt']));
});

test('[S2-47] one that is taken off while it is begun is sent no more', async () => {
  const { store, uploads, begun, cancelled } = uploadsOn();
  uploads.send(ticketId, [file('a.txt')]);
  await Promise.resolve();
  store.getState().queuedGone(store.getState().queuedFiles[0]!.id);
  await vi.waitFor(() => expect(cancelled).toHaveLength(begun.length));
});

test.each([
  ['NOT_FOUND', false],
  ['UNKNOWN_OUTCOME', true],
  ['TOO_MANY_REQUESTS', true],
] as const)('[S2-47] one that goes no further is told, unless the desk says so itself: %s', async (code, isTold) => {
  const store = createDeskStore();
  const cancelled: unknown[] = [];
  const refused: unknown[] = [];
  const call = (name: string, input: { name?: string; uploadId?: UploadId }): Promise<unknown> => {
    if (name === 'files.begin') return Promise.resolve({ uploadId: input.name });
    if (name === 'files.cancel') return Promise.resolve(void cancelled.push(input.uploadId));
    refused.push(input.uploadId);
    return Promise.reject(ownRefusal(code));
  };
  createUploads({ call } as unknown as DeskClient, store).send(ticketId, [file('a.txt'), file('b.txt')]);
  // The second begins when all is done with the first.
  await vi.waitFor(() => expect(refused).toEqual(['a.txt', 'b.txt']));
  expect(cancelled.includes('a.txt')).toBe(isTold);
  expect(store.getState().unsentFiles.some(({ name }) => name === 'a.txt')).toBe(isTold);
});
