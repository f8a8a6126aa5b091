import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { FILE_KINDS } from '../../../domain/files/file-kinds.ts';
import { ContentRefusal } from './content-refusal.ts';
import { inspectOffice } from './inspect-office.ts';
import { inspectPdf } from './inspect-pdf.ts';
import { guessText, inspectText } from './inspect-text.ts';
import { remakePicture } from './remake-picture.ts';

/** A file of this machine, and the media type that its name promises. */
export interface InspectionJob {
  path: string;
  type: string;
}

/** What is to be kept of it. New files lie beside it, under names that begin with its path. */
export interface Inspected {
  path: string;
  bytes: number;
  sha256: string;
  width: number | null;
  height: number | null;
  preview: { path: string; sha256: string } | null;
  wasCleaned: boolean;
}

const HEAD = 4_096;
/** Moving ones are stilled, as all that is PNG is made anew. */
const SAME: Record<string, string> = { 'image/apng': 'image/png' };

/**
 * Looks a file through: its bytes have to be what its name promises [FI1]. A picture is made anew.
 * @throws ContentRefusal
 */
export async function inspectFile({ path, type }: InspectionJob): Promise<Inspected> {
  const kind = FILE_KINDS.find((each) => each.type === type);
  if (!kind) throw new ContentRefusal('FILE_TYPE', { detected: type });
  const found = await signatureOf(path);
  const isText = type.startsWith('text/');
  if (isText ? found !== null : found !== type) {
    throw new ContentRefusal('FILE_TYPE', { detected: await describe(path, found) });
  }
  if (isText) await inspectText(path);
  else if (type === 'application/pdf') await inspectPdf(path);
  else if (!kind.isPicture) await inspectOffice(type, path);
  if (!kind.isPicture) {
    return { path, ...(await measure(path)), width: null, height: null, preview: null, wasCleaned: false };
  }
  const made = { picture: `${path}.picture`, preview: `${path}.preview` };
  const { width, height, wasCleaned } = await remakePicture(type, path, made);
  const { sha256 } = await measure(made.preview);
  const preview = { path: made.preview, sha256 };
  return { path: made.picture, ...(await measure(made.picture)), width, height, preview, wasCleaned };
}

/** The media type that the bytes begin with; null for none that is known. */
async function signatureOf(path: string): Promise<string | null> {
  const found = await fileTypeFromFile(path).catch(() => undefined);
  return found ? (SAME[found.mime] ?? found.mime) : null;
}

/** What is in a file, for the eye of who sent it: pages and drawings are kinds of XML at most to those who go by bytes. */
async function describe(path: string, found: string | null): Promise<string> {
  const guess = guessText(await headOf(path));
  return found === null || (found === 'application/xml' && guess !== 'text/plain') ? guess : found;
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function measure(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  const { size } = await stat(path);
  return { bytes: size, sha256: hash.digest('hex') };
}
