import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { foldersIn } from './claim-folder.ts';

const FILE = /^([0-9a-f-]{36})\.jsonl$/;

/** Of the files in the folder of one server, in the order of their names: oldest first. */
export const journalIdsIn = (folder: string): string[] =>
  readdirSync(folder)
    .flatMap((name) => FILE.exec(name)?.[1] ?? [])
    .toSorted();

export const journalPath = (folder: string, id: string): string => join(folder, `${id}.jsonl`);

/** Of all servers whose folders are in a folder `evidence`; none where there is no such folder. */
export const findJournals = (evidence: string): { id: string; path: string }[] =>
  existsSync(evidence)
    ? foldersIn(evidence).flatMap((folder) => journalIdsIn(folder).map((id) => ({ id, path: journalPath(folder, id) })))
    : [];
