import { readFile } from 'node:fs/promises';
import { inflateSync } from 'node:zlib';
import { ContentRefusal } from './content-refusal.ts';

const PDF = 'application/pdf';
/** What makes a PDF more than pages: names of ISO 32000. An encrypted one cannot be looked into. */
const ACTIVE = ['JavaScript', 'Launch', 'RichMedia', 'EmbeddedFile', 'XFA', 'Encrypt'];
/** Objects may lie in packed streams; their dictionaries say so in front of them. */
const LONGEST_DICTIONARY = 4_096;
const MOST_UNPACKED = 64 * 1024 * 1024;
const WINDOW = 4 * 1024 * 1024;
const OVERLAP = 64;

/** A name as it may be written: any letter by its number too (`/J#61vaScript`). */
const nameOf = (name: string): string =>
  `/${Array.from(name)
    .map((letter) => {
      const code = letter.charCodeAt(0).toString(16);
      return `(?:${letter}|#${code.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)})`;
    })
    .join('')}(?![A-Za-z0-9#])`;

const active = new RegExp(ACTIVE.map((name) => `(${nameOf(name)})`).join('|'));
const packed = new RegExp(nameOf('ObjStm'), 'g');
const filter = new RegExp(nameOf('Filter'));
const flateAlone = new RegExp(`${nameOf('Filter')}\\s*(?:\\[\\s*)?${nameOf('FlateDecode')}\\s*(?:\\]|/|>>|$)`);
const predictor = new RegExp(nameOf('DecodeParms'));

/**
 * Refuses a PDF with programs, attachments or forms that run, and one that cannot be looked into.
 * @throws ContentRefusal
 */
export async function inspectPdf(path: string): Promise<void> {
  const bytes = await readFile(path);
  refuseActive(bytes);
  let unpacked = 0;
  for (const at of matchesIn(bytes, packed)) {
    const objects = unpack(bytes, at, MOST_UNPACKED - unpacked);
    if (!objects) continue;
    unpacked += objects.length;
    refuseActive(objects);
  }
}

function refuseActive(bytes: Buffer): void {
  for (const { text } of windowsOf(bytes)) {
    const found = active.exec(text);
    if (!found) continue;
    const what = ACTIVE[found.slice(1).findIndex((group) => group !== undefined)];
    throw new ContentRefusal('FILE_TYPE', { detected: `${PDF} + ${what}` });
  }
}

/**
 * The objects of a stream; null for what is none, or is not packed and was seen already.
 * @throws ContentRefusal also where the dictionary is too long to be looked through, or not sure to be whole
 */
function unpack(bytes: Buffer, at: number, most: number): Buffer | null {
  const begin = bytes.indexOf('stream', at);
  if (begin === -1) return null;
  if (begin - at > LONGEST_DICTIONARY) throw unreadable();
  const open = bytes.lastIndexOf('obj', at);
  if (open < at - LONGEST_DICTIONARY) throw unreadable();
  const dictionary = bytes.toString('latin1', open, begin);
  if (!filter.test(dictionary)) {
    // Words within a string may have cut the dictionary short: a filter beside it may be its own.
    const around = bytes.toString('latin1', Math.max(0, at - LONGEST_DICTIONARY), at + LONGEST_DICTIONARY);
    if (filter.test(around)) throw unreadable();
    return null;
  }
  if (!flateAlone.test(dictionary) || predictor.test(dictionary)) throw unreadable();
  const from = begin + 'stream'.length + (bytes[begin + 6] === 0x0d ? 2 : 1);
  try {
    return inflateSync(bytes.subarray(from), { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    throw unreadable(error);
  }
}

const unreadable = (cause?: unknown): ContentRefusal =>
  new ContentRefusal('FILE_TYPE', { detected: `${PDF} + ObjStm`, cause });

/** Where a pattern is found. */
function* matchesIn(bytes: Buffer, pattern: RegExp): Generator<number> {
  let after = -1;
  for (const { text, from } of windowsOf(bytes)) {
    for (const { index } of text.matchAll(pattern)) {
      if (from + index <= after) continue;
      after = from + index;
      yield after;
    }
  }
}

/** The bytes as text, some at a time, with an overlap in which no name is cut. */
function* windowsOf(bytes: Buffer): Generator<{ text: string; from: number }> {
  for (let from = 0; from < bytes.length; from += WINDOW) {
    yield { text: bytes.toString('latin1', from, from + WINDOW + OVERLAP), from };
  }
}
