import { createHash } from 'node:crypto';
import type { CallOutput } from '../../bridge/contract.ts';
import type { SharedFile } from '../../protocol/files/shared-file.ts';
import type { FileId } from '../../protocol/ids.ts';
import { DeskError } from '../desk-error.ts';
import type { FileHost } from '../hosts/file-host.ts';
import type { FileApi } from '../sync/file-api.ts';
import type { SessionKey } from '../sync/keys.ts';
import { isForLater, NoAnswerError } from '../sync/no-answer.ts';

interface Options {
  api: Pick<FileApi, 'sharedFile' | 'content' | 'preview'>;
  key: () => SessionKey | null;
  host: FileHost;
  /** Pause before a file that broke off is gone on with, in ms. */
  retryMs?: number;
}

const RETRY_MS = 1_000;
/** In a row without a byte. */
const MOST_TRIES = 20;
const LARGEST_PREVIEW = 512 * 1024;
/** The server makes no others. */
const PREVIEW_KIND = 'image/webp';

/** Files that the agent fetches. */
export function createDownloads({ api, key, host, retryMs = RETRY_MS }: Options) {
  const session = (): SessionKey => {
    const found = key();
    if (!found) throw new DeskError('NEEDS_LINE');
    return found;
  };

  /** Goes on after a cut. What is not the file that was shared throws, and never comes whole. */
  async function* content(file: SharedFile, stopped: AbortSignal): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    let at = 0;
    let held: Buffer | null = null;
    for (let tries = 0; at < file.bytes;) {
      try {
        for await (const chunk of api.content(session(), { file, from: at }, stopped)) {
          at += chunk.length;
          if (at > file.bytes) throw new Error('More came than was shared.');
          hash.update(chunk);
          tries = 0;
          if (held) yield held;
          held = chunk;
        }
        if (at < file.bytes) throw new NoAnswerError('The file was cut.');
      } catch (error) {
        tries += 1;
        if (!isForLater(error) || tries === MOST_TRIES || stopped.aborted) throw error;
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
    if (hash.digest('hex') !== file.sha256) throw new Error('The file has another hash.');
    if (held) yield held;
  }

  return {
    download: async (id: FileId): Promise<CallOutput<'files.download'>> => {
      const file = await api.sharedFile(session(), id);
      const { name, kind, bytes } = file;
      return host.take({ name, kind, bytes, content: (stopped) => content(file, stopped) });
    },
    preview: async (id: FileId): Promise<CallOutput<'files.preview'>> => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      for await (const chunk of api.preview(session(), id, new AbortController().signal)) {
        bytes += chunk.length;
        if (bytes > LARGEST_PREVIEW) throw new Error('No preview is so large.');
        chunks.push(chunk);
      }
      return { kind: PREVIEW_KIND, data: Buffer.concat(chunks).toString('base64') };
    },
    show: host.show,
  };
}

export type Downloads = ReturnType<typeof createDownloads>;
