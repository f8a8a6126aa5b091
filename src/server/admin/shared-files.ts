import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { flushFolder } from '../files/flush-folder.ts';
import { blobPath, filesFolder, openBlobFolder } from '../files/open-blob-folder.ts';
import { readStoredFiles, type StoredFile } from '../store/file-rows.ts';
import type { Reader } from '../store/database.ts';
import { AdminError, EXIT } from './admin-error.ts';
import type { FilesEntry } from './manifest.ts';

/** The table whose rows say what files there are. */
export const FILES_TABLE = 'shared_file';
const FOLDER = 'files';

/** As `readLines` writes them. */
const FileLine = z.object({
  id: z.uuid(),
  bytes: z.number(),
  sha256: z.string(),
  preview_sha256: z.string().nullable(),
});

interface Blob {
  name: string;
  sha256: string;
}

const blobsOf = ({ id, sha256, previewSha256 }: Pick<StoredFile, 'id' | 'sha256' | 'previewSha256'>): Blob[] => [
  { name: id, sha256 },
  ...(previewSha256 === null ? [] : [{ name: `${id}.preview`, sha256: previewSha256 }]),
];

/**
 * Copies the bytes of every file of the tables into a backup, and onto its disk. Those that are missing or damaged are named, the
 * rest goes on.
 */
export async function backUpFiles(tx: Reader, dataFolder: string, backup: string): Promise<FilesEntry> {
  const entry: FilesEntry = { count: 0, lost: [] };
  const shards = new Set<string>();
  for await (const files of readStoredFiles(tx)) {
    for (const { name, sha256 } of files.flatMap(blobsOf)) {
      const from = blobPath(filesFolder(dataFolder), name);
      const to = blobPath(join(backup, FOLDER), name);
      await mkdir(dirname(to), { recursive: true, mode: 0o700 });
      const isWhole = (await hashOf(from)) === sha256;
      if (isWhole) await copyWhole(from, to);
      else entry.lost.push(name);
      entry.count += 1;
      shards.add(dirname(to));
    }
  }
  for (const shard of shards) await flushFolder(shard);
  const root = join(backup, FOLDER);
  if (shards.size > 0) for (const folder of [join(root, 'blobs'), root, backup]) await flushFolder(folder);
  return entry;
}

async function copyWhole(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  const file = await open(to, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Compares the files of a backup with the lines of its table.
 * @throws AdminError that names the first that is missing, strange or not what was shared
 */
export async function verifyFiles(
  backup: string,
  { count, lost }: FilesEntry,
  lines: AsyncIterable<string[]>,
): Promise<void> {
  const root = join(backup, FOLDER);
  let found = 0;
  for await (const blob of blobsIn(lines)) {
    found += 1;
    const path = blobPath(root, blob.name);
    if (lost.includes(blob.name)) continue;
    const sha256 = await hashOf(path);
    if (sha256 === null) throw damaged(path, 'is missing');
    if (sha256 !== blob.sha256) throw damaged(path, 'is not as it was shared');
  }
  const names = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const held = names.filter((each) => each.isFile()).length;
  if (found !== count || held !== count - lost.length) {
    throw damaged(root, `holds ${held} files, the table names ${found} instead of ${count}`);
  }
}

/** Puts the files of a verified backup where a server looks for them, before any row says that they are there. */
export async function restoreFiles(backup: string, dataFolder: string, lines: AsyncIterable<string[]>): Promise<void> {
  const root = filesFolder(dataFolder);
  const blobs = await openBlobFolder(root);
  for await (const { name } of blobsIn(lines)) {
    const copy = join(root, `${basename(name)}.restored`);
    const isThere = await copyFile(blobPath(join(backup, FOLDER), name), copy).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        // It was lost when the backup was taken.
        if (error.code === 'ENOENT') return false;
        throw error;
      },
    );
    if (isThere) await blobs.put(name, copy);
    await rm(copy, { force: true });
  }
}

/** Rows of files without their bytes, or with others in number. Nothing is read but sizes. */
export async function findLostFiles(db: Reader, dataFolder: string): Promise<{ count: number; problems: string[] }> {
  const problems: string[] = [];
  let count = 0;
  for await (const files of readStoredFiles(db)) {
    count += files.length;
    for (const { id, bytes } of files) {
      const stats = await stat(blobPath(filesFolder(dataFolder), id)).catch(() => null);
      if (!stats) problems.push(`the bytes of file ${id} are missing`);
      else if (stats.size !== bytes) problems.push(`file ${id} has ${stats.size} bytes instead of ${bytes}`);
    }
  }
  return { count, problems };
}

async function* blobsIn(lines: AsyncIterable<string[]>): AsyncGenerator<Blob> {
  for await (const part of lines) {
    for (const line of part) {
      const { preview_sha256: previewSha256, ...file } = FileLine.parse(JSON.parse(line));
      yield* blobsOf({ ...file, previewSha256 });
    }
  }
}

/** Null where there is no such file. */
async function hashOf(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return hash.digest('hex');
}

const damaged = (path: string, problem: string): AdminError =>
  new AdminError(`The backup is damaged: ${path} ${problem}.`, EXIT.badData);
