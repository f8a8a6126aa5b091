import { createReadStream } from 'node:fs';
import type { EvidenceKey, JournalLine } from '../../protocol/video/receipt.ts';
import type { Reader } from '../store/database.ts';
import { NO_LINE, readLines, readRecords, type JournalHead } from '../store/evidence-rows.ts';
import { sha256Of } from './sha256-of.ts';
import { readLine, recordProblem } from './verify-line.ts';

const LINES_AT_ONCE = 500;

/** One thing that is not as it was written, and where. */
export interface EvidenceProblem {
  /** A journal and a line of it, or a table and a row. */
  where: string;
  problem: string;
}

export interface JournalFindings {
  lines: number;
  folios: number;
  /** Lines at the end that are not committed: of a server at work at this moment, or of one that was cut and not started again. */
  unsettled: number;
  problems: EvidenceProblem[];
}

interface Place {
  number: number;
  text: string;
  hash: string;
  line: JournalLine | { problem: string };
}

/** Walks one journal's file and its rows. `head`: where it stood before the file was read; null for a journal without rows. */
export async function verifyJournal(
  db: Reader,
  { id, path, head, keys }: { id: string; path: string; head: JournalHead | null; keys: Map<string, EvidenceKey> },
): Promise<JournalFindings> {
  const found: JournalFindings = { lines: 0, folios: 0, unsettled: 0, problems: [] };
  const committed = head?.sequence ?? 0;
  const at = (number: number): string => `journal ${id}, line ${number}`;
  const tell = (where: string, problem: string): void => void found.problems.push({ where, problem });
  const named = new Set<number>();
  const name = (number: number, problem: string): void => {
    named.add(number);
    tell(at(number), problem);
  };
  let before = { hash: NO_LINE, isNamed: false };
  let headHash: string | null = head?.sequence === 0 ? NO_LINE : null;
  const voids: number[] = [];
  const voided: number[] = [];
  const loose: Place[] = [];

  const take = async (places: Place[]): Promise<void> => {
    const [first] = places;
    if (!first) return;
    const rows = new Map((await readLines(db, id, first.number, places.length)).map((row) => [row.sequence, row]));
    const folios = places.flatMap(({ line }) =>
      'statement' in line && 'folio' in line.statement ? [line.statement.folio] : [],
    );
    const records = new Map((await readRecords(db, folios)).map((record) => [record.folio, record]));
    for (const { number, text, hash, line } of places) {
      found.lines += 1;
      if (number === head?.sequence) headHash = hash;
      const row = rows.get(number);
      if ('problem' in line) name(number, line.problem);
      else {
        const { statement } = line;
        if (statement.journal !== id) name(number, `says that it is of the journal ${statement.journal}`);
        else if (statement.sequence !== number)
          name(number, `says that it is line ${statement.sequence}: reordered, or one is missing`);
        else if (statement.previous !== before.hash && !before.isNamed)
          name(number, 'does not follow the line before it');
        if (row && row.line !== text && !named.has(number)) name(number, 'differs from its row in the database');
        if (!row && number <= committed) name(number, 'has no row in the database');
        if (!row && number > committed) loose.push({ number, text, hash, line });
        if (row?.isVoid) voided.push(number);
        if (statement.act === 'void') {
          for (let each = statement.from; each < number; each += 1) voids.push(each);
        } else if (row && !row.isVoid) {
          found.folios += 1;
          const problem = recordProblem(statement, records.get(statement.folio));
          if (problem !== null && !named.has(number)) name(number, problem);
        }
      }
      before = { hash, isNamed: named.has(number) };
    }
  };

  let rest = '';
  let number = 0;
  let places: Place[] = [];
  for await (const chunk of createReadStream(path, 'utf8')) {
    const texts = `${rest}${String(chunk)}`.split('\n');
    rest = texts.pop() ?? '';
    for (const text of texts) {
      number += 1;
      places.push({ number, text, hash: sha256Of(text), line: readLine(text, keys) });
      if (places.length < LINES_AT_ONCE) continue;
      await take(places);
      places = [];
    }
  }
  await take(places);

  found.unsettled = loose.length + (rest === '' ? 0 : 1);
  // One at a time is written: a second folio without its row was taken away.
  const answers = loose.filter(({ line }) => 'statement' in line && line.statement.act !== 'void');
  for (const { number: each } of answers.slice(1)) name(each, 'has no row in the database');
  if (number < committed)
    tell(at(number + 1), `is missing in the file, with all after it: the database knows ${committed}`);
  else if (head && headHash !== head.hash && !named.has(head.sequence))
    tell(at(head.sequence), 'is not the head that the database knows');
  const isVoid = new Set(voids);
  for (const each of voided) if (!isVoid.has(each)) name(each, 'is void in the database, and no line says so');
  const isRowVoid = new Set(voided);
  for (const each of isVoid) {
    if (!isRowVoid.has(each) && each <= committed) name(each, 'was made void, and counts in the database');
  }
  return found;
}
