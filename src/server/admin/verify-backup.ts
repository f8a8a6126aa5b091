import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AdminError, EXIT } from './admin-error.ts';
import { verifyEvidenceFiles } from './evidence-files.ts';
import { FILES_TABLE, verifyFiles } from './shared-files.ts';
import { MANIFEST, Manifest, tableFile, type TableEntry } from './manifest.ts';

/**
 * Reads a whole backup and compares it with its manifest.
 * @throws AdminError that names the first file that is missing, strange or not what was written
 */
export async function verifyBackup(from: string): Promise<Manifest> {
  const folder = resolve(from);
  const manifest = await readManifest(folder);
  const expected = manifest.tables.map(({ name }) => tableFile(name).slice('tables/'.length));
  const found = await readdir(join(folder, 'tables')).catch(() => []);
  const strange = found.find((name) => !expected.includes(name));
  if (strange !== undefined) throw damaged(join(folder, 'tables', strange), 'is not in the manifest');
  for (const table of manifest.tables) await verifyTable(folder, table);
  await verifyEvidenceFiles(folder, manifest.evidence);
  await verifyFiles(folder, manifest.files, fileLines(folder, manifest));
  return manifest;
}

/** The rows that say what files a backup holds; none in one that knows no files. */
export async function* fileLines(folder: string, { tables }: Manifest): AsyncGenerator<string[]> {
  if (tables.some(({ name }) => name === FILES_TABLE)) yield* readTableFile(folder, FILES_TABLE, 500);
}

async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, MANIFEST);
  const text = await readFile(path, 'utf8').catch(() => {
    throw damaged(path, 'cannot be read: this is no backup, or not a whole one');
  });
  try {
    return Manifest.parse(JSON.parse(text));
  } catch (error) {
    throw damaged(path, 'is not a manifest of ours', error);
  }
}

async function verifyTable(folder: string, table: TableEntry): Promise<void> {
  const path = join(folder, tableFile(table.name));
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch (error) {
    throw damaged(path, `cannot be read (${(error as NodeJS.ErrnoException).code})`, error);
  }
  if (hash.digest('hex') !== table.sha256) throw damaged(path, 'is not as it was written');
  let rows = 0;
  for await (const part of readTableFile(folder, table.name, 1_000)) rows += part.length;
  if (rows !== table.rows) throw damaged(path, `holds ${rows} rows instead of ${table.rows}`);
}

/** The lines of a table's file, some at a time. */
export async function* readTableFile(folder: string, name: string, atOnce: number): AsyncGenerator<string[]> {
  const path = join(folder, tableFile(name));
  let part: string[] = [];
  try {
    const plain = pipeline(createReadStream(path), createGunzip(), () => undefined);
    for await (const line of linesOf(plain.setEncoding('utf8'))) {
      if (part.push(line) < atOnce) continue;
      yield part;
      part = [];
    }
  } catch (error) {
    throw damaged(path, 'cannot be unpacked', error);
  }
  if (part.length > 0) yield part;
}

/** Ends lines at line feeds alone: node:readline also does at U+2028, which people's texts may hold. */
async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

const damaged = (path: string, problem: string, cause?: unknown): AdminError =>
  new AdminError(`The backup is damaged: ${path} ${problem}.`, EXIT.badData, { cause });
