/** The headers that every peer gets, as the floor's server reads them, and how each is checked for having all of them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export type Value = string | number | null;

/** A header without its holder and its origin of transfer, which no closed ticket of the bench has. */
export type Header = { id: string; number: number; [field: string]: Value };

const NESTED = new Set(['holder', 'transferredFrom']);

export function readHeaders(path: string): Header[] {
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const header = JSON.parse(line) as Record<string, Value>;
      return Object.fromEntries(Object.entries(header).filter(([field]) => !NESTED.has(field))) as Header;
    });
}

/** One hash of all of them, in whatever order they and their fields come; fields not of `fields` are the peer's own. */
export function hashHeaders(headers: Iterable<Record<string, unknown>>, fields: readonly string[]): string {
  const sorted = fields.toSorted();
  const lines = [...headers].map((header) => JSON.stringify(sorted.map((field) => header[field] ?? null)));
  return createHash('sha256').update(lines.toSorted().join('\n')).digest('hex');
}
