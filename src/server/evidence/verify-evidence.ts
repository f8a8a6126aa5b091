import type { Reader } from '../store/database.ts';
import { readJournals, readKeys, readUnproven } from '../store/evidence-rows.ts';
import { findJournals } from './find-journals.ts';
import { keyIdOf } from './signing-key.ts';
import { verifyJournal, type EvidenceProblem } from './verify-journal.ts';

export interface EvidenceFindings {
  journals: number;
  lines: number;
  folios: number;
  unsettled: number;
  problems: EvidenceProblem[];
}

/**
 * Walks every journal and every row of it: each line by its signature, its place and what stands in the tables; each asking by
 * its record. `evidences`: the folders `evidence` of all servers; a journal that is in none of them is missing.
 */
export async function verifyEvidence(db: Reader, evidences: string[]): Promise<EvidenceFindings> {
  const keys = await readKeys(db);
  const heads = new Map((await readJournals(db)).map((head) => [head.id, head]));
  const known = new Map(keys.map((key) => [key.id, key]));
  const findings: EvidenceFindings = { journals: 0, lines: 0, folios: 0, unsettled: 0, problems: [] };
  for (const { id, publicKey } of keys) {
    if (keyIdOf(publicKey) !== id)
      findings.problems.push({ where: `key ${id}`, problem: 'was altered in the database' });
  }
  const files = evidences.flatMap(findJournals);
  for (const { id, path } of files) {
    const found = await verifyJournal(db, { id, path, head: heads.get(id) ?? null, keys: known });
    findings.journals += 1;
    findings.lines += found.lines;
    findings.folios += found.folios;
    findings.unsettled += found.unsettled;
    findings.problems.push(...found.problems);
  }
  const there = new Set(files.map(({ id }) => id));
  for (const id of heads.keys()) {
    if (!there.has(id)) findings.problems.push({ where: `journal ${id}`, problem: 'its file is missing' });
  }
  for (const { id, state } of await readUnproven(db)) {
    findings.problems.push({ where: `consent ${id}`, problem: `is ${state}, and no line proves it` });
  }
  return findings;
}
