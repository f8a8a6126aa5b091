import { resolve } from 'node:path';
import { continueNumbering, countRows, insertLines } from '../store/backup-rows.ts';
import type { Store } from '../store/connect.ts';
import { knowsSchema, migrate, readSchemaVersion } from '../store/migrate.ts';
import { hasCompany } from '../store/office-rows.ts';
import { AdminError, EXIT } from './admin-error.ts';
import { restoreEvidence } from './evidence-files.ts';
import type { Manifest } from './manifest.ts';
import { restoreFiles } from './shared-files.ts';
import { fileLines, readTableFile, verifyBackup } from './verify-backup.ts';

const ROWS_AN_INSERT = 500;

/** Writes a backup into an empty server: whole or not at all. The backup is verified first, the counts afterwards. */
export async function restore(store: Store, from: string, dataFolder: string): Promise<Manifest> {
  const manifest = await verifyBackup(from);
  if (!knowsSchema(manifest.schema)) {
    throw new AdminError(
      `The backup was taken by a newer version of Ventanilla (${manifest.product}): restore it with that one.`,
    );
  }
  const found = await readSchemaVersion(store.db);
  if (found !== null && (await hasCompany(store.db))) {
    throw new AdminError('The server is not empty: restore into a new data folder or a new database.');
  }
  // An older backup is written in its own shape and brought up to date afterwards.
  await migrate(store.db, manifest.schema);
  await restoreEvidence(resolve(from), manifest.evidence, dataFolder);
  await restoreFiles(resolve(from), dataFolder, fileLines(resolve(from), manifest));
  await store.db.transaction().execute(async (tx) => {
    for (const { name, rows } of manifest.tables) {
      for await (const lines of readTableFile(resolve(from), name, ROWS_AN_INSERT)) await insertLines(tx, name, lines);
      await continueNumbering(tx, name);
      const written = await countRows(tx, name);
      if (written !== rows) throw new AdminError(`${name} has ${written} rows instead of ${rows}.`, EXIT.badData);
    }
  });
  await migrate(store.db);
  return manifest;
}
