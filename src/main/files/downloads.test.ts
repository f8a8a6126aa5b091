import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { SharedFile } from '../../protocol/files/shared-file.ts';
import type { FileId } from '../../protocol/ids.ts';
import { DeskError } from '../desk-error.ts';
import type { TakenFile } from '../hosts/file-host.ts';
import type { SessionKey } from '../sync/keys.ts';
import { NoAnswerError } from '../sync/no-answer.ts';
import { createDownloads } from './downloads.ts';

const id = '0198f0d0-0000-7000-8000-000000000001' as FileId;
const bytes = Buffer.from('0123456789'.repeat(100));
const file = {
  id,
  name: 'a.txt',
  kind: 'text/plain',
  bytes: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
} as SharedFile;

/** `cuts`: after so many bytes of each answer the line breaks. */
function downloadsOn(options: { cuts?: number[]; sent?: Buffer; key?: boolean } = {}) {
  const { cuts = [], sent = bytes, key = true } = options;
  const asked: number[] = [];
  let taken: TakenFile | null = null;
  const downloads = createDownloads({
    api: {
      sharedFile: async () => file,
      content: async function* (_key, { from }) {
        asked.push(from);
        const cut = cuts.shift();
        if (cut !== 0) yield sent.subarray(from, cut === undefined ? sent.length : from + cut);
        if (cut !== undefined) throw new NoAnswerError('cut');
      },
      preview: async function* () {
        yield Buffer.from('small');
      },
    },
    key: () => (key ? ({} as SessionKey) : null),
    host: {
      take: async (given) => {
        taken = given;
        return { type: 'address', address: '/files/x' };
      },
      show: () => undefined,
    },
    retryMs: 1,
  });
  const chunks: Buffer[] = [];
  const fetched = async (): Promise<Buffer> => {
    await downloads.download(id);
    for await (const chunk of taken!.content(new AbortController().signal)) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  return { downloads, asked, chunks, fetched };
}

test('[B25] [S2-47] a file that breaks off is gone on with from there, whole in the end', async () => {
  const { fetched, asked } = downloadsOn({ cuts: [600, 0, 100] });
  expect((await fetched()).equals(bytes)).toBe(true);
  expect(asked).toEqual([0, 600, 600, 700]);
});

test('[T6] another file than the one that was shared is none', async () => {
  const other = Buffer.from(bytes);
  other[500] = 0;
  await expect(downloadsOn({ sent: other }).fetched()).rejects.toThrow('another hash');
  await expect(downloadsOn({ sent: Buffer.concat([bytes, bytes]) }).fetched()).rejects.toThrow('More came');
});

test('[T6] the end of another file is not given on', async () => {
  const other = Buffer.from(bytes);
  other[0] = 0;
  const { fetched, chunks } = downloadsOn({ sent: other, cuts: [600, 300] });
  await expect(fetched()).rejects.toThrow('another hash');
  expect(Buffer.concat(chunks)).toHaveLength(900);
});

test('a line that stays down ends it', async () => {
  const { fetched, asked } = downloadsOn({ cuts: Array<number>(50).fill(0) });
  await expect(fetched()).rejects.toThrow('cut');
  expect(asked).toHaveLength(20);
});

test('[R2] without a session nothing is fetched', async () => {
  const { downloads } = downloadsOn({ key: false });
  await expect(downloads.download(id)).rejects.toBeInstanceOf(DeskError);
  await expect(downloads.preview(id)).rejects.toMatchObject({ code: 'NEEDS_LINE' });
});

test('a small picture comes whole, for a data address', async () => {
  expect(await downloadsOn().downloads.preview(id)).toEqual({ kind: 'image/webp', data: 'c21hbGw=' });
});
