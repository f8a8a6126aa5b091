import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database, { type Database as Db } from 'better-sqlite3';
import { cacheMigrations } from '../../cache-file/cache-migrations.ts';
import { migrate } from '../../cache-file/migrate.ts';
import { openBranchFiles, type BranchFiles } from './branch-files.ts';
import { carryMessageDrafts } from './carry-message-drafts.ts';
import { openDatabaseFile, quarantineFile, type DatabaseFile } from './database-file.ts';
import { readGenerationMarker, writeGenerationMarker } from './generation-marker.ts';
import { keyFits } from './key-check.ts';
import { outboxMigrations } from './outbox-migrations.ts';
import { isOutboxWhole, salvageOutbox, type Salvage } from './salvage-outbox.ts';
import { createSealer, type Sealer } from './sealer.ts';
import { readWaitingCount, waitingCountPath, writeWaitingCount } from './waiting-count.ts';

export interface StoreFolder {
  /** Holds the database files and what is on its way to become one, and nothing else. */
  databaseFolder: string;
  /** File outside of it that names their generations. */
  markerPath: string;
}

/** What happened to the files at the start. `rebuilt` counts the rows of the outbox saved from a damaged file. */
export interface OpenReport {
  rebuilt: Salvage | null;
  hasSafeStore: boolean;
}

export interface OpenStore {
  /** The data of one branch at a time are attached to it. */
  cache: Db;
  branches: BranchFiles;
  /** Names the generation of a branch's file that is new. */
  markBranches: () => void;
  outbox: Db;
  sealer: Sealer;
  report: OpenReport;
  /** Keeps outside of the outbox how many rows wait in it. */
  keepCount: (count: number) => void;
}

/**
 * Opens the databases of a desk. Without a key nothing is sealed to disk: content lives in memory, and the outbox file
 * is left alone, one in memory in its place.
 * @throws NewerFileError when a newer version wrote one of them
 */
export function openStore({ databaseFolder, markerPath }: StoreFolder, key: Uint8Array | null): OpenStore {
  mkdirSync(databaseFolder, { recursive: true, mode: 0o700 });
  const marker = readGenerationMarker(markerPath);
  const sealer = createSealer(key ?? randomBytes(32));
  const cache = openDatabaseFile({
    path: join(databaseFolder, 'cache.db'),
    migrations: cacheMigrations,
    synchronous: 'NORMAL',
    expected: marker.cache,
  });
  try {
    if (key === null) keepContentsInMemory(cache.db);
    else if (!keyFits(cache.db, sealer) || wereContentsInMemory(cache.db)) startContentsOver(cache.db, sealer);
    const branches = openBranchFiles({ cache: cache.db, folder: databaseFolder, expected: marker.branches });
    const outbox = key === null ? null : openOutbox(join(databaseFolder, 'outbox.db'), marker.outbox, sealer);
    const markBranches = (): void =>
      writeGenerationMarker(markerPath, {
        cache: cache.generation,
        outbox: outbox === null ? marker.outbox : outbox.file.generation,
        branches: branches.generations(),
      });
    markBranches();
    const countPath = waitingCountPath(markerPath);
    const keepCount = outbox === null ? () => undefined : writeWaitingCount.bind(null, countPath);
    const salvage = outbox && toldOf(outbox, readWaitingCount(countPath));
    const isRebuilt = cache.isRebuilt || branches.isAnyRebuilt() || salvage !== null;
    return {
      keepCount,
      cache: cache.db,
      branches,
      markBranches,
      outbox: outbox?.file.db ?? outboxInMemory(),
      sealer,
      report: {
        rebuilt: isRebuilt ? (salvage ?? { recovered: 0, lost: 0 }) : null,
        hasSafeStore: key !== null,
      },
    };
  } catch (error) {
    cache.db.close();
    throw error;
  }
}

function openOutbox(
  path: string,
  expected: string | null,
  sealer: Sealer,
): { file: DatabaseFile; salvage: Salvage | null } {
  const options = { path, migrations: outboxMigrations, synchronous: 'FULL', expected } as const;
  const file = openDatabaseFile(options);
  const isUsable = keyFits(file.db, sealer) && isOutboxWhole(file.db, sealer);
  if (isUsable) {
    const salvage = file.isRebuilt ? salvageOutbox(file.quarantined, file.db, sealer) : null;
    carryMessageDrafts(file.db, sealer);
    return { file, salvage };
  }
  // Another key sealed it, which somebody may still have, or rows of it are damaged: it is set aside, and what can be read of
  // it is carried over.
  file.db.close();
  const quarantined = quarantineFile(path);
  const fresh = openDatabaseFile({ ...options, expected: null });
  keyFits(fresh.db, sealer);
  const salvage = salvageOutbox(quarantined, fresh.db, sealer);
  carryMessageDrafts(fresh.db, sealer);
  return { file: fresh, salvage };
}

/** What is said of the outbox: a file that lost rows without a trace, as one without its journal, is told by the count kept outside. */
function toldOf({ file, salvage }: { file: DatabaseFile; salvage: Salvage | null }, expected: number): Salvage | null {
  const there = Number(
    file.db.prepare('SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM refused)').pluck().get(),
  );
  const missing = Math.max(0, expected - there);
  if (salvage === null) return missing === 0 ? null : { recovered: there, lost: missing };
  return { recovered: salvage.recovered, lost: Math.max(salvage.lost, missing) };
}

function outboxInMemory(): Db {
  const db = new Database(':memory:');
  migrate(db, outboxMigrations);
  return db;
}

/** A temporary table hides the one on disk; the mark makes the next start fetch the agent's stream anew. */
function keepContentsInMemory(cache: Db): void {
  cache.exec(`
DELETE FROM main.contents;
DELETE FROM cursors WHERE stream LIKE 'agent:%';
INSERT OR REPLACE INTO meta (key, value) VALUES ('contents', 'memory');
CREATE TEMP TABLE contents (ticket_id TEXT PRIMARY KEY, stream TEXT NOT NULL, sealed BLOB NOT NULL) STRICT;
`);
}

function wereContentsInMemory(cache: Db): boolean {
  return cache.prepare("SELECT 1 FROM meta WHERE key = 'contents'").get() !== undefined;
}

function startContentsOver(cache: Db, sealer: Sealer): void {
  cache.exec(`
DELETE FROM contents;
DELETE FROM cursors WHERE stream LIKE 'agent:%';
DELETE FROM meta WHERE key IN ('contents', 'keyCheck');
`);
  keyFits(cache, sealer);
}
