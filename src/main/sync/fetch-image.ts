import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import type { Image } from '../../protocol/socket/down.ts';
import type { SessionKey } from './keys.ts';
import { isForLater, NoAnswerError } from './no-answer.ts';
import type { ServerApi } from './server-api.ts';

interface Order {
  api: Pick<ServerApi, 'image'>;
  key: SessionKey;
  offer: Image;
  /** That of the databases. */
  folder: string;
  stopped: AbortSignal;
  /** Told of each part that came over the line. */
  received: (bytes: number) => void;
}

/**
 * Fetches an image and unpacks it while it comes; gives the path of the ready file, verified and on the disk. What had come
 * before a cut is not fetched again. Nothing is left but the ready file, or after a cut the part.
 * @throws NoAnswerError when the line was cut, or a retryable DeskError, so that another try gets the rest; any other error when
 * no try of this offer would help
 */
export async function fetchImage(order: Order): Promise<string> {
  const { offer, folder } = order;
  const name = `${offer.stream.replace(':', '-')}.image-${offer.sha256}`;
  const [part, ready] = [join(folder, `${name}.part`), join(folder, `${name}.ready`)];
  for (const other of await readdir(folder)) {
    if (other.includes('.image-') && other !== `${name}.part`) await rm(join(folder, other), { force: true });
  }
  try {
    await pipeline(
      imageBytes(order, part),
      zlib.createZstdDecompress({ chunkSize: 1 << 20 }),
      (unpacked: AsyncIterable<Buffer>) => upTo(offer.fileBytes, unpacked),
      createWriteStream(ready, { mode: 0o600, flush: true, highWaterMark: 1 << 22 }),
    );
    await rm(part);
    return ready;
  } catch (error) {
    await rm(ready, { force: true });
    if (!isForLater(error)) await rm(part, { force: true });
    throw error;
  }
}

/** The packed bytes: those of the part, then the rest over the line, which the part is grown by. */
async function* imageBytes(order: Order, path: string): AsyncGenerator<Buffer> {
  const { api, key, offer, stopped, received } = order;
  const hash = createHash('sha256');
  let bytes = await sizeOf(path);
  if (bytes > offer.bytes) {
    await rm(path);
    bytes = 0;
  }
  if (bytes > 0) {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      yield chunk;
    }
  }
  const part = await open(path, 'a', 0o600);
  try {
    if (bytes < offer.bytes) {
      const from = bytes;
      const branchId = offer.stream.slice('branch:'.length);
      for await (const chunk of api.image(key, { branchId, sha256: offer.sha256, from }, stopped)) {
        if (bytes + chunk.length > offer.bytes) throw new Error('More came than was offered.');
        await part.write(chunk);
        hash.update(chunk);
        bytes += chunk.length;
        received(chunk.length);
        yield chunk;
      }
      if (bytes < offer.bytes) throw new NoAnswerError('The image was cut.');
    }
  } finally {
    await part.close();
  }
  if (bytes !== offer.bytes || hash.digest('hex') !== offer.sha256) throw new Error('The image has another hash.');
}

/** A few bytes unpack to as many as the disk holds. */
async function* upTo(most: number, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > most) throw new Error('The image is larger than was said.');
    yield chunk;
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
