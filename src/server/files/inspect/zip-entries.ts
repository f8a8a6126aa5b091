import { open } from 'node:fs/promises';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
/** What follows the entries, with the longest comment. */
const LONGEST_END = 22 + 0xffff;
const LONGEST_DIRECTORY = 4 * 1024 * 1024;
const IS_ELSEWHERE = 0xffff_ffff;

export interface ZipEntry {
  name: string;
  /** Unpacked, as the archive says. */
  bytes: number;
}

/**
 * The directory of an archive (APPNOTE 4.3.12), which is what programs go by; nothing is unpacked. Null where the file is not
 * an archive from its first byte to its last, or a ZIP64, which no document of our size needs.
 */
export async function zipEntries(path: string): Promise<ZipEntry[] | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const part = async (from: number, length: number): Promise<Buffer> => {
      const bytes = Buffer.alloc(length);
      const { bytesRead } = await file.read(bytes, 0, length, from);
      return bytes.subarray(0, bytesRead);
    };
    const tailAt = Math.max(0, size - LONGEST_END);
    const tail = await part(tailAt, size - tailAt);
    const endAt = endOf(tail);
    if (endAt === null) return null;
    const length = tail.readUInt32LE(endAt + 12);
    const from = tail.readUInt32LE(endAt + 16);
    if (length > LONGEST_DIRECTORY || length === IS_ELSEWHERE || from === IS_ELSEWHERE) return null;
    if (from + length !== tailAt + endAt) return null;
    return readDirectory(await part(from, length), tail.readUInt16LE(endAt + 10));
  } finally {
    await file.close();
  }
}

/** The record that ends the archive, and the file. */
function endOf(tail: Buffer): number | null {
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) === END && at + 22 + tail.readUInt16LE(at + 20) === tail.length) return at;
  }
  return null;
}

function readDirectory(directory: Buffer, count: number): ZipEntry[] | null {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === ENTRY) {
    const [name, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    entries.push({ name: directory.toString('utf8', at + 46, at + 46 + name), bytes: directory.readUInt32LE(at + 24) });
    at += 46 + name + extra + comment;
  }
  return at === directory.length && entries.length === count ? entries : null;
}
