import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { BRANCH_SCHEMA } from '../../cache-file/branch-migrations.ts';
import { buildBranchFile } from '../../cache-file/build-branch-file.ts';
import type { ChangeBody, StreamName } from '../../protocol/change.ts';
import type { Image } from '../../protocol/socket/down.ts';
import { rowOf } from '../cache/headers-repository.ts';
import type { FakeLog } from './fake-log.ts';

/** The file of a branch, not packed, as the server makes it of these bodies. */
export async function branchFileOf(stream: StreamName, seq: number, bodies: readonly ChangeBody[]): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'ventanilla-image-'));
  try {
    const path = join(folder, 'branch.db');
    await buildBranchFile(path, (writer) => {
      for (const body of bodies) {
        if (body.type === 'ticket.put') writer.putHeaders([rowOf(body.header)]);
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
    /** It was offered and is not there. */
    isGone: false,
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
      packed = zstdCompressSync(change(await branchFileOf(stream, seq, log.snapshot(stream))));
      const sha256 = createHash('sha256').update(packed).digest('hex');
      image = { type: 'image', stream, seq, schemaVersion: BRANCH_SCHEMA, bytes: packed.length, sha256 };
    },
    offer: (stream: StreamName): Image | null => (image?.stream === stream ? image : null),
    /** False for what is not there. */
    answer: (request: IncomingMessage, response: ServerResponse): boolean => {
      if (!image || faults.isGone || !request.url?.endsWith(`/images/${image.sha256}`)) return false;
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
