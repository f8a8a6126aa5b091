import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { attachmentOf } from '../../domain/files/content-disposition.ts';
import { FILE_HEADERS, refuse } from './browser-page.ts';
import type { FileHost, TakenFile } from './file-host.ts';

const PATH = '/files/';
const LASTS_MS = 60_000;

/** Hands files to the browser by addresses of the desk's own, each good once and for a minute: no cookie, nothing to guess. */
export interface BrowserFiles extends FileHost {
  /** Whether this address is one of files; it is answered then. The caller has checked the host. */
  serve: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export function createBrowserFiles(lastsMs = LASTS_MS): BrowserFiles {
  const offered = new Map<string, TakenFile>();

  const answer = async (file: TakenFile, response: ServerResponse): Promise<void> => {
    const stop = new AbortController();
    response.on('close', () => stop.abort());
    const chunks = file.content(stop.signal)[Symbol.asyncIterator]();
    // The head says that there is a file: it leaves with the first of it.
    const first = await chunks.next().catch(() => null);
    if (!first || first.done === true) return refuse(response, 502);
    response.writeHead(200, {
      ...FILE_HEADERS,
      'content-type': file.kind.startsWith('text/') ? `${file.kind}; charset=utf-8` : file.kind,
      'content-length': file.bytes,
      'content-disposition': attachmentOf(file.name),
    });
    const all = async function* (): AsyncGenerator<Buffer> {
      yield first.value;
      yield* { [Symbol.asyncIterator]: () => chunks };
    };
    // Cut short the browser has no file: it knows how long it was to be.
    await pipeline(Readable.from(all()), response).catch(() => response.destroy());
  };

  return {
    take: (file) => {
      const secret = randomBytes(32).toString('base64url');
      offered.set(secret, file);
      setTimeout(() => offered.delete(secret), lastsMs).unref();
      return Promise.resolve({ type: 'address', address: `${PATH}${secret}` });
    },
    // The browser has it: where it lies is not known here.
    show: () => undefined,
    serve: (request, response) => {
      const address = request.url ?? '/';
      if (!address.startsWith(PATH)) return false;
      const secret = address.slice(PATH.length);
      const file = request.method === 'GET' ? offered.get(secret) : undefined;
      if (!file) {
        refuse(response, 404);
        return true;
      }
      offered.delete(secret);
      answer(file, response).catch(() => response.destroy());
      return true;
    },
  };
}
