import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { UploadsFact } from '../../bridge/facts.ts';
import type { AttentionId, TicketId, UploadId } from '../../protocol/ids.ts';
import { DeskError } from '../desk-error.ts';
import type { SessionKey } from '../sync/keys.ts';
import { NoAnswerError } from '../sync/no-answer.ts';
import { createUploads } from './uploads.ts';

const ticketId = '0198f0d0-0000-7000-8000-000000000001' as TicketId;
const attentionId = '0198f0d0-0000-7000-8000-000000000002' as AttentionId;
const uploadId = '0198f0d0-0000-7000-8000-000000000003' as UploadId;
const small = Buffer.from('0123456789'.repeat(3_000));
const bytes = small;

interface Faults {
  /** The next so many parts get no answer; `reach`: they come in nonetheless. */
  lost: number;
  reach: boolean;
  refusal: DeskError | null;
  /** How long a part is on its way. */
  takesMs: number;
  /** When all is there. */
  atEnd: DeskError | null;
}

function uploadsOn(bytes = small) {
  const server = { got: Buffer.alloc(0), begun: 0, completed: 0, cancelled: 0, parts: [] as number[] };
  const faults: Faults = { lost: 0, reach: false, refusal: null, takesMs: 0, atEnd: null };
  const line = { isUp: true };
  const facts: UploadsFact[] = [];
  const state = () => ({ id: uploadId, bytes: bytes.length, offset: server.got.length, file: null });
  const uploads = createUploads({
    api: {
      beginUpload: async () => {
        server.begun += 1;
        return state();
      },
      sendPart: async (_key, part) => {
        if (faults.refusal) throw faults.refusal;
        if (faults.takesMs > 0) await new Promise((resolve) => setTimeout(resolve, faults.takesMs));
        const isLost = faults.lost > 0;
        if (isLost) faults.lost -= 1;
        if (!isLost || faults.reach) {
          expect(part.offset).toBe(server.got.length);
          server.parts.push(part.bytes.length);
          server.got = Buffer.concat([server.got, part.bytes]);
        }
        if (isLost) throw new NoAnswerError('cut');
        return state();
      },
      upload: async () => state(),
      completeUpload: async () => {
        if (faults.atEnd) throw faults.atEnd;
        server.completed += 1;
        return state();
      },
      cancelUpload: async () => void (server.cancelled += 1),
    },
    key: () => ({}) as SessionKey,
    isLineUp: () => line.isUp,
    attentionOf: async (id) => (id === ticketId ? attentionId : null),
    changed: (fact) => facts.push(fact),
    errorBody: (error) => ({
      code: (error as DeskError).code,
      title: '',
      retryable: false,
      requestId: 'test',
    }),
  });
  const begin = () => uploads.begin({ ticketId, name: 'a.txt', bytes: bytes.length, type: 'text/plain' });
  const chunk = (offset: number, to: number) =>
    uploads.chunk({ uploadId, offset, data: bytes.subarray(offset, to).toString('base64') });
  const shown = () => facts.at(-1)?.uploads ?? [];
  return { uploads, server, faults, line, facts, begin, chunk, shown };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('[S2-47] a file is sent part by part, with its progress, and leaves the list once it is shared', async () => {
  const { server, begin, chunk, facts, shown } = uploadsOn();
  expect(await begin()).toEqual({ uploadId });
  expect(await chunk(0, 20_000)).toEqual({ offset: 20_000 });
  await vi.waitFor(() => expect(shown()[0]?.sent).toBe(20_000));
  expect(shown()).toMatchObject([{ name: 'a.txt', sent: 20_000, state: { name: 'sending' } }]);
  expect(await chunk(20_000, bytes.length)).toEqual({ offset: bytes.length });
  await vi.waitFor(() => expect(shown()).toEqual([]));
  expect(server.got.equals(bytes)).toBe(true);
  expect(server.completed).toBe(1);
  expect(facts.some(({ uploads: [first] }) => first?.state.name === 'checking')).toBe(true);
});

test('[R2] without the line nothing is begun, and the reason is told', async () => {
  const { server, line, begin, uploads } = uploadsOn();
  line.isUp = false;
  await expect(begin()).rejects.toMatchObject({ code: 'NEEDS_LINE' });
  line.isUp = true;
  const elsewhere = { ticketId: uploadId as string as TicketId, name: 'a', bytes: 1, type: '' };
  await expect(uploads.begin(elsewhere)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(server.begun).toBe(0);
});

test.each([[true], [false]])(
  '[B25] a cut at 60 %% is gone on with from where the server stands, whether the part came in (%s) or not',
  async (reach) => {
    const { server, faults, begin, chunk, shown, uploads } = uploadsOn();
    await begin();
    await chunk(0, 18_000);
    await vi.waitFor(() => expect(shown()[0]?.sent).toBe(18_000));
    Object.assign(faults, { lost: 1, reach });
    const sending = chunk(18_000, bytes.length);
    await vi.waitFor(() => expect(shown()).toMatchObject([{ sent: 18_000, state: { name: 'waitingForLine' } }]));
    uploads.lineUp();
    expect(await sending).toEqual({ offset: bytes.length });
    await vi.waitFor(() => expect(server.completed).toBe(1));
    expect(server.got.equals(bytes)).toBe(true);
  },
);

test('[B25] over a line that is too slow for a part smaller ones are sent', async () => {
  const { server, faults, begin, chunk } = uploadsOn();
  await begin();
  // The first part may be of 256 KB, and is halved each time.
  faults.lost = 6;
  const sending = chunk(0, bytes.length);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await sending).toEqual({ offset: bytes.length });
  expect(server.parts[0]).toBeLessThanOrEqual(8 * 1024);
  expect(server.got.equals(bytes)).toBe(true);
});

test('what the server refuses stays in the list with its reason, until the agent takes it off', async () => {
  const { server, faults, begin, chunk, shown, uploads } = uploadsOn();
  await begin();
  await chunk(0, 10);
  await vi.waitFor(() => expect(shown()[0]?.sent).toBe(10));
  faults.refusal = new DeskError('FILE_TYPE');
  await chunk(10, 20);
  await vi.waitFor(() => expect(shown()[0]?.state.name).toBe('refused'));
  expect(shown()).toMatchObject([{ sent: 10, state: { name: 'refused', error: { code: 'FILE_TYPE' } } }]);
  await expect(chunk(10, 20)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await uploads.cancel(uploadId);
  expect(shown()).toEqual([]);
  expect(server.cancelled).toBe(0);
});

test('a file that turns out to be none when it is looked through is told as refused', async () => {
  const { server, faults, begin, chunk, shown } = uploadsOn();
  await begin();
  faults.atEnd = new DeskError('IMAGE_TOO_LARGE');
  await chunk(0, bytes.length);
  await vi.waitFor(() =>
    expect(shown()).toMatchObject([{ state: { name: 'refused', error: { code: 'IMAGE_TOO_LARGE' } } }]),
  );
  expect(server.completed).toBe(0);
});

test('what is cancelled is told to the server and asked for no more', async () => {
  const { server, faults, begin, chunk, shown, uploads } = uploadsOn();
  await begin();
  await chunk(0, 10);
  await vi.waitFor(() => expect(shown()[0]?.sent).toBe(10));
  Object.assign(faults, { lost: 100 });
  await chunk(10, 20);
  await vi.waitFor(() => expect(shown()[0]?.state.name).toBe('waitingForLine'));
  await uploads.cancel(uploadId);
  await expect(chunk(20, 30)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(server.cancelled).toBe(1);
  expect(shown()).toEqual([]);
  await uploads.cancel(uploadId);
  expect(server.cancelled).toBe(1);
});

test('[B85] what its window sends no more, because it was loaded anew, is given up', async () => {
  const { server, begin, chunk, shown } = uploadsOn();
  await begin();
  await chunk(0, 10);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(shown()).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(shown()).toEqual([]);
  expect(server.cancelled).toBe(1);
});

test('[B83] a part from elsewhere is answered with where it stands, one beyond the end refused', async () => {
  const { begin, chunk, uploads } = uploadsOn();
  await begin();
  await chunk(0, 10);
  expect(await chunk(0, 10)).toEqual({ offset: 10 });
  const beyond = { uploadId, offset: bytes.length - 1, data: Buffer.from('ab').toString('base64') };
  await expect(uploads.chunk(beyond)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('[B25] a large file costs few parts: they grow to a megabyte, and the window reads on while one is on its way', async () => {
  const large = Buffer.alloc(30_000_000, 'ventanilla');
  const { server, faults, begin, chunk, shown, uploads } = uploadsOn(large);
  await begin();
  const step = 126 * 1024;
  const handOver = async (from: number, to: number): Promise<void> => {
    for (let at = from; at < to; at += step) await chunk(at, Math.min(to, at + step));
  };
  const half = step * 110;
  faults.takesMs = 50;
  const first = handOver(0, half);
  await vi.advanceTimersByTimeAsync(10_000);
  await first;
  Object.assign(faults, { lost: 1, reach: true });
  const rest = handOver(half, large.length);
  await vi.advanceTimersByTimeAsync(60);
  expect(shown()[0]?.state.name).toBe('waitingForLine');
  uploads.lineUp();
  await vi.advanceTimersByTimeAsync(10_000);
  await rest;
  expect(server.completed).toBe(1);
  expect(server.got.equals(large)).toBe(true);
  expect(Math.max(...server.parts)).toBe(1024 * 1024);
  expect(server.parts.length).toBeLessThan(45);
});

test('[B25] no more of a file than two megabytes waits here', async () => {
  const large = Buffer.alloc(4_000_000, 'v');
  const { faults, begin, chunk, shown, uploads } = uploadsOn(large);
  await begin();
  faults.lost = 100;
  let handed = 0;
  const reading = (async () => {
    while (handed < large.length) handed = (await chunk(handed, handed + 100_000)).offset;
  })().catch((error: unknown) => error);
  await vi.waitFor(() => expect(shown()[0]?.state.name).toBe('waitingForLine'));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(handed).toBeLessThanOrEqual(2 * 1024 * 1024 + 100_000);
  await uploads.cancel(uploadId);
  expect(await reading).toMatchObject({ code: 'NOT_FOUND' });
});
