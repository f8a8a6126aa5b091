import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DataFolderInUseError, lockDataFolder } from '../start/data-folder-lock.ts';

const MOST_SERVERS = 100;
const NAME = /^server-\d+$/;

/** Where the journals of all server processes of a data folder are. */
export const evidenceFolder = (dataFolder: string): string => join(dataFolder, 'evidence');

/** The folders of each process that ever wrote here. */
export const foldersIn = (evidence: string): string[] =>
  readdirSync(evidence)
    .filter((name) => NAME.test(name))
    .map((name) => join(evidence, name));

/**
 * A folder for the journal of this process alone: the first that no other live process has. Servers that share a data folder
 * have one each.
 */
export function claimFolder(dataFolder: string): { folder: string; release: () => void } {
  const evidence = evidenceFolder(dataFolder);
  mkdirSync(evidence, { recursive: true, mode: 0o700 });
  for (let number = 1; number <= MOST_SERVERS; number += 1) {
    const folder = join(evidence, `server-${number}`);
    try {
      return { folder, release: lockDataFolder(folder) };
    } catch (error) {
      if (!(error instanceof DataFolderInUseError)) throw error;
    }
  }
  throw new Error(`${evidence} has no folder left for this process`);
}
