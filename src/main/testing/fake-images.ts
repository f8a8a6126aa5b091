import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { BRANCH_SCHEMA } from '../../cache-file/branch-migrations.ts';
import { buildBranchFile } from '../../cache-file/build-branch-file.ts';
import { headerRow } from '../../cache-file/header-row.ts';
import type { ChangeBody, StreamName } from '../../protocol/change.ts';
import type { Image } from '../../protocol/socket/down.ts';
import type { FakeLog } from './fake-log.ts';

/** The file of a branch, not packed, as the server makes it of these bodies. */
export async function branchFileOf(stream: StreamName, seq: number, bodies: readonly ChangeBody[]): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'ventanilla-image-'));
  try {
    const path = join(folder, 'branch.db');
    await buildBranchFile(path, (writer) => {
      for (const body of bodies) {
        if (body.type === 'ticket.put') writer.putHeader(headerRow(body.header));
        if (body.type === 'presence.put') {
          writer.putPresence(body.presence.branchId, body.presence.agentId, JSON.stringify(body.presence));
        }
      }
      writer.setCursor(stream, seq);
      return Promise.resolve();
    });
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The images of the fake server, and what can go wrong with them. */
export function createFakeImages(log: FakeLog) {
  let image: Image | null = null;
  let packed = Buffer.alloc(0);
  const faults = {
    /** The next answers break off after so many bytes. */
    cutAfter: [] as number[],
    /** This byte comes changed. */
    changedByte: null as number | null,
    /** It was offered and is not there: for so many requests. */
    gone: 0,
    /** So many requests are refused, to be asked again. */
    busy: 0,
    /** The next so many connections are offered it, whatever they asked for. */
    offersAnyway: 0,
    /** The server is of before there were images. */
    isUnknown: false,
    /** What the offer says otherwise than it is. */
    offer: {} as Partial<Image>,
  };
  /** The first byte and the number of bytes of each answer. */
  const answers: { from: number; sent: number }[] = [];

  return {
    faults,
    answers,
    bytes: (): number => packed.length,
    /** Makes the image of a branch as it is now; desks are offered it from then on. `change` spoils the file before it is packed. */
    make: async (stream: StreamName, change: (file: Buffer) => Buffer = (file) => file): Promise<void> => {
      const seq = log.seq(stream);
      const file = change(await branchFileOf(stream, seq, log.snapshot(stream)));
      packed = zstdCompressSync(file);
      const sha256 = createHash('sha256').update(packed).digest('hex');
      image = {
        type: 'image',
        stream,
        seq,
        schemaVersion: BRANCH_SCHEMA,
        bytes: packed.length,
        sha256,
        fileBytes: file.length,
      };
    },
    /** `isWanted`: the desk asked for one and needs one. */
    offer: (stream: StreamName, isWanted: boolean): Image | null => {
      if (image?.stream !== stream || (!isWanted && faults.offersAnyway === 0)) return null;
      faults.offersAnyway = Math.max(0, faults.offersAnyway - 1);
      return { ...image, ...faults.offer };
    },
    /** False for what is not there. */
    answer: (request: IncomingMessage, response: ServerResponse): boolean => {
      if (!image || !request.url?.endsWith(`/images/${image.sha256}`)) return false;
      if (faults.gone > 0) {
        faults.gone -= 1;
        return false;
      }
      if (faults.busy > 0) {
        faults.busy -= 1;
        const body = { code: 'TOO_MANY_REQUESTS', title: '', retryable: true, requestId: '' };
        response.writeHead(429, { 'content-type': 'application/json' }).end(JSON.stringify(body));
        return true;
      }
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1]);
      const bytes = Buffer.from(packed);
      if (faults.changedByte !== null) bytes.writeUInt8(bytes.readUInt8(faults.changedByte) ^ 0xff, faults.changedByte);
      const cut = faults.cutAfter.shift();
      const part = bytes.subarray(from, cut === undefined ? undefined : from + cut);
      answers.push({ from, sent: part.length });
      response.writeHead(206, {
        'content-length': bytes.length - from,
        'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}`,
      });
      if (cut === undefined) response.end(part);
      else response.write(part, () => setImmediate(() => response.destroy()));
      return true;
    },
  };
}
