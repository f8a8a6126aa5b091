import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { evidenceFolder } from '../evidence/claim-folder.ts';
import { findJournals } from '../evidence/find-journals.ts';
import { sha256Of } from '../evidence/sha256-of.ts';
import { flushFolder } from '../files/flush-folder.ts';
import type { Reader } from '../store/database.ts';
import { readJournals } from '../store/evidence-rows.ts';
import { AdminError, EXIT } from './admin-error.ts';
import type { EvidenceEntry } from './manifest.ts';

/**
 * Copies the journals of this data folder into a backup, each as far as the database of the backup knows it; a line that came
 * after is another backup's. `elsewhere`: journals of servers whose files are on other machines.
 */
export async function backUpEvidence(
  db: Reader,
  dataFolder: string,
  draft: string,
): Promise<{ evidence: EvidenceEntry[]; elsewhere: string[] }> {
  const heads = await readJournals(db);
  const files = new Map(findJournals(evidenceFolder(dataFolder)).map(({ id, path }) => [id, path]));
  const evidence: EvidenceEntry[] = [];
  for (const { id, sequence } of heads) {
    const path = files.get(id);
    if (path === undefined) continue;
    const name = `${basename(dirname(path))}/${id}.jsonl`;
    // As it is, also where it was altered: a backup is taken whatever happened, and `consent verify` says what did.
    const text = await firstLines(path, sequence);
    await writeNew(join(draft, evidenceFile(name)), text);
    evidence.push({ name, lines: sequence, sha256: sha256Of(text) });
  }
  return { evidence, elsewhere: heads.map(({ id }) => id).filter((id) => !files.has(id)) };
}

/** Where a journal is in a backup. */
export const evidenceFile = (name: string): string => `evidence/${name}`;

/** @throws AdminError that names the first file that is missing, strange or not what was written */
export async function verifyEvidenceFiles(folder: string, entries: EvidenceEntry[]): Promise<void> {
  const expected = new Set(entries.map(({ name }) => join(folder, evidenceFile(name))));
  const strange = findJournals(join(folder, 'evidence')).find(({ path }) => !expected.has(path));
  if (strange) throw damaged(strange.path, 'is not in the manifest');
  for (const { name, sha256 } of entries) {
    const path = join(folder, evidenceFile(name));
    const hash = createHash('sha256');
    try {
      for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    } catch (error) {
      throw damaged(path, `cannot be read (${(error as NodeJS.ErrnoException).code})`, error);
    }
    if (hash.digest('hex') !== sha256) throw damaged(path, 'is not as it was written');
  }
}

/** Puts the journals of a backup into a data folder that has none of them. */
export async function restoreEvidence(from: string, entries: EvidenceEntry[], dataFolder: string): Promise<void> {
  for (const { name } of entries) {
    const path = join(evidenceFolder(dataFolder), name);
    if (existsSync(path)) throw new AdminError(`${path} is there already: restore into a new data folder.`);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await copyFile(join(from, evidenceFile(name)), path);
    const file = await open(path, 'r+');
    try {
      await file.chmod(0o600);
      await file.sync();
    } finally {
      await file.close();
    }
    await flushFolder(dirname(path));
  }
  if (entries.length > 0) for (const folder of [evidenceFolder(dataFolder), dataFolder]) await flushFolder(folder);
}

async function firstLines(path: string, count: number): Promise<string> {
  let text = '';
  let lines = 0;
  for await (const chunk of createReadStream(path, 'utf8')) {
    for (const part of String(chunk).split(/(?<=\n)/)) {
      if (lines === count) return text;
      text += part;
      if (part.endsWith('\n')) lines += 1;
    }
  }
  return text;
}

async function writeNew(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

const damaged = (path: string, problem: string, cause?: unknown): AdminError =>
  new AdminError(`The backup is damaged: ${path} ${problem}.`, EXIT.badData, { cause });
