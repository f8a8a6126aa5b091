import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { buildBranchFile } from '../../../cache-file/build-branch-file.ts';
import { readBranchImage } from '../../store/branch-image-rows.ts';

export interface ImageOrder {
  branchId: string;
  closedAfter: number;
  limit: number;
  /** Where the packed image shall lie. */
  path: string;
}

export interface BuiltImage {
  seq: number;
  /** Of the packed file. */
  bytes: number;
  sha256: string;
  /** Of the file that it unpacks to. */
  fileBytes: number;
}

/** Where an image on its way to `path` lies: the file of the branch, then that file packed. */
export const unfinished = (path: string): [file: string, packed: string] => [`${path}.db`, `${path}.new`];

/** Makes the branch's file, ready for a desk, and packs it (zstd, level 1: the most for its time). */
export async function buildImage(databaseUrl: string, { branchId, path, ...which }: ImageOrder): Promise<BuiltImage> {
  const [file, packed] = unfinished(path);
  try {
    let seq = 0;
    await buildBranchFile(file, async (writer) => {
      const state = await readBranchImage(databaseUrl, branchId, which, writer.putHeader);
      for (const presence of state.presences) {
        writer.putPresence(presence.branchId, presence.agentId, JSON.stringify(presence));
      }
      writer.setCursor(`branch:${branchId}`, state.seq);
      seq = state.seq;
    });
    const hash = createHash('sha256');
    let bytes = 0;
    const weigh = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        hash.update(chunk);
        bytes += chunk.length;
        done(null, chunk);
      },
    });
    const level = { [zlib.constants.ZSTD_c_compressionLevel]: 1 };
    await pipeline(
      createReadStream(file, { highWaterMark: 1 << 20 }),
      zlib.createZstdCompress({ params: level, chunkSize: 1 << 18 }),
      weigh,
      createWriteStream(packed, { mode: 0o600 }),
    );
    const { size: fileBytes } = await stat(file);
    await rename(packed, path);
    return { seq, bytes, sha256: hash.digest('hex'), fileBytes };
  } finally {
    await Promise.all([file, packed].map((left) => rm(left, { force: true })));
  }
}
