import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const Marker = z.object({
  cache: z.string().nullable(),
  outbox: z.string().nullable(),
  /** By branch. */
  branches: z.record(z.string(), z.string()).default({}),
});
export type GenerationMarker = z.infer<typeof Marker>;

/**
 * What the database files were called when they were made, kept outside of them: SQLite opens an emptied file as a new one
 * without a word, and only this tells a new file from a lost one. An unreadable marker counts as none.
 */
export function readGenerationMarker(path: string): GenerationMarker {
  try {
    return Marker.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return { cache: null, outbox: null, branches: {} };
  }
}

/** Written beside its place and moved there, so that it is whole or absent. */
export function writeGenerationMarker(path: string, marker: GenerationMarker): void {
  writeFileSync(`${path}.new`, JSON.stringify(marker), { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
}
