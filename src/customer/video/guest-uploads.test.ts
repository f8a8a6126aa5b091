import { expect, it } from 'vitest';
import type { Answer, Asking } from './ask-server.ts';
import { createGuestUploads } from './guest-uploads.ts';

const MEGABYTE = 1024 * 1024;
const id = '0190c7a4-8f3e-7cc1-9a86-26a3b1f8d101';
const file = (bytes: number, name = 'foto.jpg'): File =>
  new File([new Uint8Array(bytes)], name, { type: 'image/jpeg' });
const refusal = (code: string, status: number): Answer => ({
  status,
  body: { code, title: `No: ${code}.`, detail: 'jpg, png' },
});

/** A server that keeps how much it has got; `fault` answers in its place. */
function uploadsUnderTest(fault: (asking: Asking, count: number) => Answer | null = () => null) {
  const asked: Asking[] = [];
  let got = 0;
  const answer = async (asking: Asking): Promise<Answer> => {
    const { method, path, json, bytes } = asking;
    const wrong = fault(asking, asked.length);
    if (wrong) return wrong;
    if (method === 'POST' && path.endsWith('/complete')) return { status: 200, body: { id, offset: got, file: {} } };
    if (method === 'POST') return { status: 201, body: { id, ...json, offset: 0 } };
    if (method === 'PATCH') got += bytes?.size ?? 0;
    return method === 'DELETE' ? { status: 204, body: null } : { status: 200, body: { id, offset: got } };
  };
  let keys = 0;
  const uploads = createGuestUploads({
    token: 'token',
    ask: async (asking) => {
      asked.push(asking);
      return answer(asking);
    },
    newKey: () => `key-${(keys += 1)}`,
    now: () => 0,
    pause: () => Promise.resolve(),
  });
  const steps = () =>
    asked.map(({ method, path }) => `${method} ${path.replace('/v1/guest/uploads', '').replace(id, ':id')}`);
  const settled = async (isSo: () => boolean): Promise<void> => {
    if (isSo()) return;
    await new Promise<void>((resolve) => {
      const stop = uploads.subscribe(() => {
        if (!isSo()) return;
        stop();
        resolve();
      });
    });
  };
  return { uploads, asked, steps, settled, got: () => got };
}

it('[S2-47] sends a file in parts, growing on a fast line, has it checked, and takes it off the list', async () => {
  const { uploads, asked, steps, settled, got } = uploadsUnderTest();
  uploads.send([file(2 * MEGABYTE)]);
  await settled(() => uploads.get().length === 0);
  expect(steps()).toEqual(['POST ', 'PATCH /:id', 'PATCH /:id', 'PATCH /:id', 'PATCH /:id', 'POST /:id/complete']);
  expect(asked[0]!.json).toEqual({ token: 'token', name: 'foto.jpg', bytes: 2 * MEGABYTE, type: 'image/jpeg' });
  expect(asked.flatMap(({ headers }) => headers?.['upload-offset'] ?? [])).toEqual([
    '0',
    '262144',
    '786432',
    '1835008',
  ]);
  expect(got()).toBe(2 * MEGABYTE);
});

it('[S2-47] [B25] after a cut it asks how far the server has got, and goes on from there', async () => {
  const cut: Answer = { status: 0, body: null };
  const { uploads, steps, settled, got } = uploadsUnderTest(({ method }, count) =>
    method === 'PATCH' && count === 3 ? cut : null,
  );
  uploads.send([file(MEGABYTE)]);
  await settled(() => uploads.get()[0]?.state === 'waiting');
  uploads.retry();
  await settled(() => uploads.get().length === 0);
  expect(steps().slice(2, 5)).toEqual(['PATCH /:id', 'GET /:id', 'PATCH /:id']);
  expect(got()).toBe(MEGABYTE);
});

it.each([
  ['offline', 0],
  ['offline', 302],
  ['tooMany', 429],
  ['busy', 500],
  ['busy', 503],
] as const)(
  '[S2-47] [B25] a file that waits says why: %s after an answer %i, and goes on',
  async (waitsFor, status) => {
    const wrong = status === 302 ? { status, body: null } : refusal('RATE_LIMIT', status);
    const { uploads, settled, got } = uploadsUnderTest((_asking, count) => (count === 2 ? wrong : null));
    uploads.send([file(10)]);
    await settled(() => uploads.get()[0]?.state === 'waiting');
    expect(uploads.get()[0]).toMatchObject({ waitsFor });
    await settled(() => uploads.get().length === 0);
    expect(got()).toBe(10);
  },
);

it('[S2-47] [B29] a server whose disk is full refuses in its words', async () => {
  const { uploads, settled } = uploadsUnderTest(() => refusal('DISK_FULL', 507));
  uploads.send([file(10)]);
  await settled(() => uploads.get()[0]?.state === 'refused');
  expect(uploads.get()[0]).toMatchObject({ problem: 'said', detail: 'No: DISK_FULL. jpg, png' });
});

it('[S2-47] [B20] [B22] what the server does not take is told in its words, and leaves nothing there', async () => {
  const { uploads, steps, settled } = uploadsUnderTest(({ path }) =>
    path.endsWith('/complete') ? refusal('FILE_TYPE', 415) : null,
  );
  uploads.send([file(10, 'programa.jpg')]);
  await settled(() => uploads.get()[0]?.state === 'refused');
  expect(uploads.get()[0]).toMatchObject({ problem: 'said', detail: 'No: FILE_TYPE. jpg, png' });
  expect(steps().at(-1)).toBe('DELETE /:id');
  uploads.cancel('key-1');
  expect(uploads.get()).toEqual([]);
});

it('[S2-47] a file that is cancelled stops at once and leaves nothing, and the next one goes', async () => {
  const { uploads, steps, settled } = uploadsUnderTest();
  uploads.send([file(MEGABYTE), file(10, 'otra.jpg')]);
  await settled(() => (uploads.get()[0]?.sent ?? 0) > 0);
  uploads.cancel('key-1');
  expect(uploads.get().map(({ name }) => name)).toEqual(['otra.jpg']);
  await settled(() => uploads.get().length === 0);
  expect(steps()).toContain('DELETE /:id');
  expect(steps().filter((step) => step.endsWith('complete'))).toHaveLength(1);
});

it('[S2-47] with the end of the visit nothing is sent any more', async () => {
  const { uploads, steps, settled } = uploadsUnderTest();
  uploads.send([file(4 * MEGABYTE)]);
  await settled(() => (uploads.get()[0]?.sent ?? 0) > 0);
  uploads.stop();
  expect(uploads.get()).toEqual([]);
  const sent = steps().filter((step) => step.startsWith('PATCH')).length;
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  expect(steps().filter((step) => step.startsWith('PATCH')).length).toBeLessThanOrEqual(sent + 1);
});
