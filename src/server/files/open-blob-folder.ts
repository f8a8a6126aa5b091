import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MissingBlobError, type BlobStore, type StoredBlob } from './blob-store.ts';
import { flushFolder } from './flush-folder.ts';

const NAME = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.preview)?$/;
const AT_A_TIME = 500;
const WORK_LASTS_MS = 3_600_000;

/**
 * A store in a folder of its own, which only its owner may read: `drafts/<id>`, `work/` for what is being looked through, and
 * `blobs/<two letters>/<name>`. Servers that share it need a shared disk.
 */
export async function openBlobFolder(root: string): Promise<BlobStore> {
  const [drafts, work, blobs] = ['drafts', 'work', 'blobs'].map((name) => join(root, name)) as [string, string, string];
  for (const folder of [drafts, work, blobs]) await mkdir(folder, { recursive: true, mode: 0o700 });
  await flushFolder(root);
  await removeLeftOver(work);

  const draftPath = (id: string): string => join(drafts, named(id));

  return {
    writeDraft: async (id, offset, bytes) => {
      // Never shortened: the first part may come again after others.
      const flags = offset === 0 ? constants.O_RDWR | constants.O_CREAT : 'r+';
      const file = await open(draftPath(id), flags, 0o600).catch(missing(id));
      try {
        for (let done = 0; done < bytes.length;) {
          const { bytesWritten } = await file.write(bytes, done, bytes.length - done, offset + done);
          done += bytesWritten;
        }
        await file.datasync();
      } finally {
        await file.close();
      }
      if (offset === 0) await flushFolder(drafts);
    },

    withDraft: async (id, use) => {
      const name = `${named(id)}-${randomUUID()}`;
      const path = join(work, name);
      try {
        await copyFile(draftPath(id), path).catch(missing(id));
        return await use(path);
      } finally {
        for (const each of await readdir(work)) {
          if (each.startsWith(name)) await rm(join(work, each), { force: true });
        }
      }
    },

    dropDraft: (id) => rm(draftPath(id), { force: true }),
    drafts: () => filesIn(drafts),

    put: async (name, path) => {
      const target = blobPath(root, name);
      const file = await open(path, 'r+');
      try {
        await file.sync();
      } finally {
        await file.close();
      }
      const shard = dirname(target);
      // The name of a new folder is on the disk before anything in it is.
      if ((await mkdir(shard, { recursive: true, mode: 0o700 })) !== undefined) await flushFolder(blobs);
      await rename(path, target);
      await flushFolder(shard);
    },

    open: async (name) => {
      const file = await open(blobPath(root, name), 'r').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
      if (!file) return null;
      const { size: bytes } = await file.stat();
      return {
        bytes,
        read: (from, to) => file.createReadStream({ start: from, end: to, highWaterMark: 1 << 18 }),
        close: () => file.close(),
      };
    },

    remove: (name) => rm(blobPath(root, name), { force: true }),
    blobs: async function* () {
      for (const shard of await readdir(blobs)) yield* filesIn(join(blobs, shard));
    },
  };
}

/** What a process that was killed was looking through. */
async function removeLeftOver(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const stats = await stat(path).catch(() => null);
    if (stats && stats.mtimeMs < Date.now() - WORK_LASTS_MS) await rm(path, { force: true });
  }
}

/** Where a server keeps its files. */
export const filesFolder = (dataFolder: string): string => join(dataFolder, 'files');

/** Of a store, and of what is laid out like one. */
export const blobPath = (root: string, name: string): string => join(root, 'blobs', shardOf(name), named(name));

/** Ids of ours begin with the time and end with chance, so that the ends spread. */
const shardOf = (name: string): string => named(name).slice(34, 36);

/** Nothing but a name of ours ever becomes a part of a path. */
function named(name: string): string {
  if (!NAME.test(name)) throw new Error('not the name of a blob');
  return name;
}

async function* filesIn(folder: string): AsyncGenerator<StoredBlob[]> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name));
  for (let from = 0; from < names.length; from += AT_A_TIME) {
    const found = await Promise.all(
      names.slice(from, from + AT_A_TIME).map(async (name): Promise<StoredBlob[]> => {
        // It may go meanwhile.
        const stats = await stat(join(folder, name)).catch(() => null);
        return stats ? [{ name, changedAt: stats.mtimeMs, bytes: stats.size }] : [];
      }),
    );
    yield found.flat();
  }
}

const missing =
  (id: string) =>
  (error: NodeJS.ErrnoException): never => {
    throw error.code === 'ENOENT' ? new MissingBlobError(id) : error;
  };
