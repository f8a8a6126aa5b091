import { open, type FileHandle } from 'node:fs/promises';
import { v7 as uuidv7 } from 'uuid';
import { flushFolder } from '../files/flush-folder.ts';
import { journalIdsIn, journalPath } from './find-journals.ts';
import { sha256Of } from './sha256-of.ts';

/** What the start reads back of a journal: the lines that may lack their commit are at its end. */
const TAIL_BYTES = 256 * 1024;

/** A whole line of the file, as it stands there. */
export interface FoundLine {
  sequence: number;
  text: string;
  hash: string;
}

/** A file of lines that only grows. What `append` has answered is on the disk. */
export interface Journal {
  readonly id: string;
  /** The last lines of the file when it was opened, oldest first; those that `append` wrote are not among them. */
  readonly tail: FoundLine[];
  /** @throws when the line is not known to be on the disk; nothing may be appended after that */
  append: (line: string) => Promise<void>;
  /** Takes what stands behind the last whole line away: a write that was cut, of which nobody ever heard. */
  mend: () => Promise<void>;
  close: () => Promise<void>;
}

/** The end of a journal's file, read alone, and how long the file is. */
export async function readTail(path: string): Promise<{ bytes: number; lines: FoundLine[] }> {
  const file = await open(path, 'r');
  try {
    const { size, from, bytes } = await readEnd(file);
    return { bytes: size, lines: tailOf(bytes, from > 0) };
  } finally {
    await file.close();
  }
}

/** Up to its last whole line. */
async function readEnd(file: FileHandle): Promise<{ size: number; from: number; bytes: Buffer }> {
  const { size } = await file.stat();
  const from = Math.max(0, size - TAIL_BYTES);
  const bytes = Buffer.alloc(size - from);
  await file.read(bytes, 0, bytes.length, from);
  return { size, from, bytes: bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1) };
}

/** The newest journal of a folder; null where there is none. */
export async function openNewestJournal(folder: string): Promise<Journal | null> {
  const id = journalIdsIn(folder).at(-1);
  if (id === undefined) return null;
  const file = await open(journalPath(folder, id), 'r+');
  try {
    const { from, bytes } = await readEnd(file);
    return journalOf(id, file, tailOf(bytes, from > 0), from + bytes.length);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A new, empty journal. */
export async function createJournal(folder: string): Promise<Journal> {
  const id = uuidv7();
  const file = await open(journalPath(folder, id), 'wx+', 0o600);
  await file.sync();
  await flushFolder(folder);
  return journalOf(id, file, [], 0);
}

function journalOf(id: string, file: FileHandle, tail: FoundLine[], from: number): Journal {
  let size = from;
  return {
    id,
    tail,
    append: async (line) => {
      const bytes = Buffer.from(`${line}\n`, 'utf8');
      const { bytesWritten } = await file.write(bytes, 0, bytes.length, size);
      if (bytesWritten !== bytes.length) throw new Error('the journal took part of a line only');
      await file.sync();
      size += bytes.length;
    },
    mend: async () => {
      await file.truncate(size);
      await file.sync();
    },
    close: () => file.close(),
  };
}

/** The lines of the end of a file. `isCut`: it begins in the middle of one. One that cannot be read counts as none. */
function tailOf(bytes: Buffer, isCut: boolean): FoundLine[] {
  const texts = bytes
    .toString('utf8')
    .split('\n')
    .slice(isCut ? 1 : 0, -1);
  return texts.map((text) => ({ sequence: sequenceIn(text), text, hash: sha256Of(text) }));
}

function sequenceIn(text: string): number {
  try {
    const { statement } = JSON.parse(text) as { statement?: { sequence?: unknown } };
    return typeof statement?.sequence === 'number' ? statement.sequence : 0;
  } catch {
    return 0;
  }
}
