import type { Reader } from '../store/database.ts';
import {
  readJournals,
  readKeys,
  readLastFolio,
  readLines,
  readRecords,
  type JournalHead,
} from '../store/evidence-rows.ts';
import { findJournals } from './find-journals.ts';
import { readTail } from './journal.ts';
import { readLine, recordProblem } from './verify-line.ts';
import type { EvidenceProblem } from './verify-journal.ts';
import type { EvidenceKey } from '../../protocol/video/receipt.ts';

/** How the evidence of a server stands, by a look at its end: `verifyEvidence` reads all of it. */
export interface EvidenceState {
  /** Whose file is in this folder, and whose is not: with another server, or lost. */
  journals: number;
  elsewhere: number;
  /** Of the files here. */
  bytes: number;
  /** Lines of all journals that are committed. */
  lines: number;
  lastFolio: { folio: string; at: Date } | null;
  /** How many lines were looked at. */
  checked: number;
  problems: EvidenceProblem[];
}

/** Looks at the last lines of each journal in the folder `evidence`: signature, chain, rows, head. */
export async function examineEvidence(db: Reader, evidence: string, most = 200): Promise<EvidenceState> {
  const [keys, journals, lastFolio] = await Promise.all([readKeys(db), readJournals(db), readLastFolio(db)]);
  const heads = new Map(journals.map((head) => [head.id, head]));
  const known = new Map(keys.map((key) => [key.id, key]));
  const state: EvidenceState = {
    journals: 0,
    elsewhere: 0,
    bytes: 0,
    lines: journals.reduce((sum, { sequence }) => sum + sequence, 0),
    lastFolio,
    checked: 0,
    problems: [],
  };
  const files = findJournals(evidence);
  for (const { id, path } of files) {
    const { bytes, checked, problems } = await examineJournal(db, { id, path, head: heads.get(id), keys: known, most });
    state.journals += 1;
    state.bytes += bytes;
    state.checked += checked;
    state.problems.push(...problems);
  }
  const here = new Set(files.map(({ id }) => id));
  state.elsewhere = [...heads.keys()].filter((id) => !here.has(id)).length;
  return state;
}

interface Journal {
  id: string;
  path: string;
  /** Undefined: nothing of it was ever committed. */
  head: JournalHead | undefined;
  keys: Map<string, EvidenceKey>;
  most: number;
}

async function examineJournal(
  db: Reader,
  { id, path, head, keys, most }: Journal,
): Promise<{ bytes: number; checked: number; problems: EvidenceProblem[] }> {
  const { bytes, lines: tail } = await readTail(path);
  const lines = tail.slice(-most);
  const problems: EvidenceProblem[] = [];
  const tell = (sequence: number, problem: string): void =>
    void problems.push({ where: `journal ${id}, line ${sequence}`, problem });
  const committed = head?.sequence ?? 0;
  const [first] = lines;
  const rows = new Map(
    first ? (await readLines(db, id, first.sequence, lines.length)).map((row) => [row.sequence, row]) : [],
  );
  const records = new Map(
    (
      await readRecords(
        db,
        [...rows.values()].flatMap(({ folio }) => folio ?? []),
      )
    ).map((record) => [record.folio, record]),
  );
  let before: { sequence: number; hash: string } | null = null;
  for (const { sequence, text, hash } of lines) {
    const place: number = sequence > 0 || before === null ? sequence : before.sequence + 1;
    const line = readLine(text, keys);
    const row = rows.get(place);
    if ('problem' in line) tell(place, line.problem);
    else {
      const { statement } = line;
      if (before && place !== before.sequence + 1) tell(place, 'is reordered, or one is missing before it');
      else if (before && statement.previous !== before.hash) tell(place, 'does not follow the line before it');
      else if (row && row.line !== text) tell(place, 'differs from its row in the database');
      else if (!row && place <= committed) tell(place, 'has no row in the database');
      else if (place === committed && hash !== head?.hash) tell(place, 'is not the head that the database knows');
      else if (row && !row.isVoid && statement.act !== 'void') {
        const problem = recordProblem(statement, records.get(statement.folio));
        if (problem !== null) tell(place, problem);
      }
    }
    before = { sequence: place, hash };
  }
  if (committed > (before?.sequence ?? 0)) tell(committed, 'is missing in the file');
  return { bytes, checked: lines.length, problems };
}
