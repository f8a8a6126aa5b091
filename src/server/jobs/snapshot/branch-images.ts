import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { BRANCH_SCHEMA } from '../../../cache-file/branch-migrations.ts';
import { HEADERS_KEPT, HEADERS_LAST_MS } from '../../queries/read-snapshot.ts';
import { countHeaders } from '../../store/count-headers.ts';
import type { Store } from '../../store/connect.ts';
import { readStreamBounds } from '../../store/stream-rows.ts';
import type { DiskGuard } from '../../start/disk-guard.ts';
import { unfinished, type BuiltImage, type ImageOrder } from './build-image.ts';

const HOUR = 3_600_000;
/** Below this many headers the rows are there sooner than a file that has to be fetched by another request. */
const FEWEST_HEADERS = 2_000;
/** Changes after an image that a desk takes as changes; beyond, a new image costs everybody less. */
const LONGEST_TAIL = 5_000;
const LASTS_MS = 24 * HOUR;
/** An image of 100,000 headers takes seconds; what takes longer than this hangs, and rows have a chance that an image has not. */
const DEADLINE_MS = 120_000;

export interface BranchImage extends BuiltImage {
  schemaVersion: number;
  path: string;
  madeAt: number;
}

export interface BranchImages {
  /** An image with which a desk of this schema may begin; null when rows serve it better. Makes one when none is good. */
  offer: (branchId: string, schemaVersion: number | undefined) => Promise<BranchImage | null>;
  /** The image of a branch by its hash; null for what is not there any more. */
  find: (branchId: string, sha256: string) => BranchImage | null;
  stop: () => Promise<void>;
}

interface Options {
  store: Store;
  databaseUrl: string;
  /** For the images of this process alone: whatever is in it goes. */
  folder: string;
  /** Of `worker.ts`, built or not. */
  workerUrl: URL;
  clock: () => number;
  log: Logger;
  disk: DiskGuard;
  /** Of those that are closed. */
  headersKept?: number;
  fewestHeaders?: number;
  longestTail?: number;
  /** For making an image, and again for waiting until the others are made. */
  deadlineMs?: number;
}

/**
 * Ready images of branches, made when the first desk asks and shared by all that begin while the log of changes reaches back to
 * them. One is made at a time, whatever the branch; the one before it stays for those who are fetching it. Whoever waited in
 * vain gets rows.
 */
export function createBranchImages(options: Options): BranchImages {
  const { store, folder, clock, log, disk, headersKept = HEADERS_KEPT } = options;
  const { fewestHeaders = FEWEST_HEADERS, longestTail = LONGEST_TAIL, deadlineMs = DEADLINE_MS } = options;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  /** The newest first. */
  const images = new Map<string, BranchImage[]>();
  const making = new Map<string, Promise<BranchImage | null>>();
  const workers = new Set<Worker>();
  let lastTurn: Promise<unknown> = Promise.resolve();
  let isStopped = false;

  const keep = async (branchId: string, kept: BranchImage[]): Promise<void> => {
    const gone = (images.get(branchId) ?? []).filter((image) => !kept.includes(image));
    if (kept.length === 0) images.delete(branchId);
    else images.set(branchId, kept);
    await Promise.all(gone.map(({ path }) => rm(path, { force: true })));
  };

  const forgetOld = async (): Promise<void> => {
    const from = clock() - 2 * LASTS_MS;
    for (const [branchId, all] of images) {
      await keep(
        branchId,
        all.filter(({ madeAt }) => madeAt > from),
      );
    }
  };
  const timer = setInterval(() => {
    forgetOld().catch((error: unknown) => log.error({ error }, 'old images were not deleted'));
  }, HOUR);

  const isGood = async (branchId: string, { seq, madeAt, path }: BranchImage): Promise<boolean> => {
    if (!existsSync(path)) return false;
    const { first, last } = await readStreamBounds(store.db, `branch:${branchId}`);
    return seq <= last && seq + 1 >= first && last - seq <= longestTail && clock() - madeAt < LASTS_MS;
  };

  const notDone = (): Error => new Error(`Not done after ${deadlineMs} ms.`);

  /** Settles at the deadline, even when `work` never does. */
  const inTime = async <Output>(work: Promise<Output>): Promise<Output> => {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(notDone()), deadlineMs);
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  };

  /** Ends with its thread, which ends at the deadline. */
  const run = (order: ImageOrder): Promise<BuiltImage> =>
    new Promise((resolve, reject) => {
      if (isStopped) throw new Error('The server stops.');
      const { databaseUrl, workerUrl } = options;
      const worker = new Worker(workerUrl, { workerData: { databaseUrl, order }, name: 'branch-image' });
      let isLate = false;
      const deadline = setTimeout(() => {
        isLate = true;
        void worker.terminate();
      }, deadlineMs);
      let built: BuiltImage | null = null;
      workers.add(worker);
      worker.on('message', (message: BuiltImage) => {
        built = message;
      });
      worker.on('error', reject);
      worker.on('exit', (code) => {
        clearTimeout(deadline);
        workers.delete(worker);
        if (built) resolve(built);
        else reject(isLate ? notDone() : new Error(`The image was not made (${code}).`));
      });
    });

  const make = async (branchId: string): Promise<BranchImage | null> => {
    const madeAt = clock();
    const closedAfter = madeAt - HEADERS_LAST_MS;
    const count = await inTime(countHeaders(store, branchId, closedAfter, fewestHeaders));
    if (count < fewestHeaders) return null;
    if (await disk.isFull()) {
      log.warn({ branchId }, 'the disk is too full for an image of a branch; it goes out as rows');
      return null;
    }
    const path = join(folder, uuidv7());
    const startedAt = performance.now();
    const built = await run({ branchId, closedAfter, limit: headersKept, path }).catch(async (error: unknown) => {
      await Promise.all([path, ...unfinished(path)].map((left) => rm(left, { force: true })));
      throw error;
    });
    const image = { ...built, schemaVersion: BRANCH_SCHEMA, path, madeAt };
    await keep(branchId, [image, ...(images.get(branchId) ?? []).slice(0, 1)]);
    const milliseconds = Math.round(performance.now() - startedAt);
    log.info({ branchId, seq: image.seq, bytes: image.bytes, milliseconds }, 'image of a branch made');
    return image;
  };

  /** After all that was begun before has ended; not at all when that is not at the deadline. */
  const inTurn = async <Output>(work: () => Promise<Output>): Promise<Output | null> => {
    let hasGivenUp = false;
    const before = lastTurn;
    const turn = before.then(() => (hasGivenUp ? null : work()));
    lastTurn = turn.catch(() => undefined);
    await inTime(before).catch((error: unknown) => {
      hasGivenUp = true;
      throw error;
    });
    return turn;
  };

  const newest = async (branchId: string): Promise<BranchImage | null> => {
    const [image] = images.get(branchId) ?? [];
    if (image && (await inTime(isGood(branchId, image)))) return image;
    return inTurn(() => make(branchId));
  };

  return {
    offer: async (branchId, schemaVersion) => {
      if (schemaVersion !== BRANCH_SCHEMA) return null;
      const under = making.get(branchId) ?? newest(branchId).finally(() => making.delete(branchId));
      making.set(branchId, under);
      try {
        return await under;
      } catch (error) {
        log.error({ error, branchId }, 'the image of a branch could not be made; it goes out as rows');
        return null;
      }
    },
    find: (branchId, sha256) => images.get(branchId)?.find((image) => image.sha256 === sha256) ?? null,
    stop: async () => {
      isStopped = true;
      clearInterval(timer);
      await Promise.all([...workers].map((worker) => worker.terminate()));
    },
  };
}
