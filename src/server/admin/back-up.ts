import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { flushFolder } from '../files/flush-folder.ts';
import { inSnapshot, readLines, readTables } from '../store/backup-rows.ts';
import type { Store } from '../store/connect.ts';
import type { Writer } from '../store/database.ts';
import { readSchemaVersion } from '../store/migrate.ts';
import { AdminError } from './admin-error.ts';
import { backUpEvidence } from './evidence-files.ts';
import { FORMAT, MANIFEST, tableFile, type Manifest, type TableEntry } from './manifest.ts';
import { backUpFiles, FILES_TABLE } from './shared-files.ts';

/**
 * Writes every table, as it stands at one moment, with the journals of evidence up to that moment and the files that it names,
 * into a new folder that only its owner may read. The folder appears under its name when it is whole and on the disk.
 */
export async function backUp(store: Store, to: string, product: string, dataFolder: string): Promise<Manifest> {
  const folder = resolve(to);
  const draft = `${folder}.partial`;
  if (existsSync(folder)) throw new AdminError(`${folder} is there already; name a new folder.`);
  await rm(draft, { recursive: true, force: true });
  await mkdir(join(draft, 'tables'), { recursive: true, mode: 0o700 });
  try {
    const manifest = await inSnapshot(store, async (tx): Promise<Manifest> => {
      const schema = await readSchemaVersion(tx);
      if (schema === null) throw new AdminError('The database holds nothing of Ventanilla.');
      const takenAt = new Date().toISOString();
      const tables: TableEntry[] = [];
      for (const name of await readTables(tx)) tables.push(await writeTable(tx, draft, name));
      const has = (table: string): boolean => tables.some(({ name }) => name === table);
      const evidence = has('evidence_journal')
        ? await backUpEvidence(tx, dataFolder, draft)
        : { evidence: [], elsewhere: [] };
      const files = has(FILES_TABLE) ? await backUpFiles(tx, dataFolder, draft) : { count: 0, lost: [] };
      return { format: FORMAT, product, schema, takenAt, tables, ...evidence, files };
    });
    await writeWhole(join(draft, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    await rename(draft, folder);
    await flushFolder(dirname(folder));
    return manifest;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function writeTable(tx: Writer, folder: string, name: string): Promise<TableEntry> {
  const hash = createHash('sha256');
  let rows = 0;
  const lines = async function* (): AsyncGenerator<string> {
    for await (const part of readLines(tx, name)) {
      rows += part.length;
      yield `${part.join('\n')}\n`;
    }
  };
  const hashed = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  const file = createWriteStream(join(folder, tableFile(name)), { mode: 0o600, flush: true });
  await pipeline(Readable.from(lines()), createGzip(), hashed, file);
  return { name, rows, sha256: hash.digest('hex') };
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
