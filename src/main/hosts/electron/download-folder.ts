import { randomUUID } from 'node:crypto';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { SavedFileId } from '../../../bridge/contract.ts';
import { DeskError } from '../../desk-error.ts';
import type { FileHost, TakenFile } from '../file-host.ts';

interface Options {
  /** The machine's, absolute. */
  folder: () => string;
  showInFolder: (path: string) => void;
  platform: NodeJS.Platform;
}

const MOST_NAMES = 1_000;
const MOST_KNOWN = 200;
/** Windows asks before it opens what came from elsewhere: zone 3 is the internet. */
const MARK_OF_THE_WEB = '[ZoneTransfer]\r\nZoneId=3\r\n';

/** Saves files into the folder of downloads, under names that nothing has there yet. Nothing is ever opened. */
export function createDownloadFolder({ folder, showInFolder, platform }: Options): FileHost {
  const saved = new Map<SavedFileId, string>();

  return {
    take: async (file) => {
      const path = await freePath(folder(), file.name).catch(notSaved);
      const part = `${path}.${randomUUID()}.part`;
      try {
        await write(part, file);
        await rename(part, path);
        if (platform === 'win32') await writeFile(`${path}:Zone.Identifier`, MARK_OF_THE_WEB);
      } catch (error) {
        await Promise.all([part, path].map((each) => rm(each, { force: true })));
        if ((error as NodeJS.ErrnoException).syscall !== undefined) notSaved(error as Error);
        throw error;
      }
      const savedId = randomUUID() as SavedFileId;
      saved.set(savedId, path);
      const [oldest] = saved.keys();
      if (saved.size > MOST_KNOWN && oldest !== undefined) saved.delete(oldest);
      return { type: 'saved', savedId, name: basename(path) };
    },
    show: (id) => {
      const path = saved.get(id);
      if (path !== undefined) showInFolder(path);
    },
  };
}

async function write(path: string, file: TakenFile): Promise<void> {
  const target = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of file.content(new AbortController().signal)) await target.write(chunk);
    await target.sync();
  } finally {
    await target.close();
  }
}

/** Takes a name of the folder: `a.pdf`, or `a (1).pdf` where there is one already. */
async function freePath(folder: string, name: string): Promise<string> {
  const extension = extname(name);
  const stem = name.slice(0, name.length - extension.length);
  for (let number = 0; number < MOST_NAMES; number += 1) {
    const path = join(folder, number === 0 ? name : `${stem} (${number})${extension}`);
    try {
      await (await open(path, 'wx', 0o600)).close();
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  throw new Error('Every name is taken.');
}

function notSaved(error: Error): never {
  const isFull = (error as NodeJS.ErrnoException).code === 'ENOSPC';
  throw new DeskError(isFull ? 'DISK_FULL' : 'NOT_SAVED', { cause: error });
}
