import type { Database } from 'better-sqlite3';
import { bare } from './searches.ts';

interface Row {
  number: number;
  name: string | null;
  code: string;
  last4: string | null;
}

/** What a search has to find, by reading every header: the newest in which each word typed begins a word. */
export function scanNewest(db: Database, texts: readonly string[], limit: number): Map<string, number[]> {
  const wanted = texts.map((text) => ({ text, words: wordsOf(text), numbers: [] as number[] }));
  const rows = db.prepare<[], Row>(
    `SELECT number, display_name AS name, turn_code AS code, document_last4 AS last4 FROM headers ORDER BY number DESC`,
  );
  for (const { number, name, code, last4 } of rows.iterate()) {
    const missing = wanted.filter(({ words, numbers }) => words.length > 0 && numbers.length < limit);
    if (missing.length === 0) break;
    const words = wordsOf(`${name ?? ''} ${code} ${last4 ?? ''}`);
    for (const each of missing) {
      if (each.words.every((typed) => words.some((word) => word.startsWith(typed)))) each.numbers.push(number);
    }
  }
  return new Map(wanted.map(({ text, numbers }) => [text, numbers]));
}

const wordsOf = (text: string): string[] => bare(text).match(/[\p{L}\p{N}]+/gu) ?? [];
