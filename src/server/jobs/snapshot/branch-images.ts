import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { BRANCH_SCHEMA } from '../../../cache-file/branch-migrations.ts';
import { countHeaders } from '../../store/branch-image-rows.ts';
import type { Store } from '../../store/connect.ts';
import { readStreamBounds } from '../../store/stream-rows.ts';
import type { BuiltImage, ImageOrder } from './build-image.ts';

const HOUR = 3_600_000;
const HEADERS_LAST_MS = 30 * 24 * HOUR;
const HEADERS_KEPT = 100_000;
/** Below this many headers the rows are there sooner than a file that has to be fetched by another request. */
const FEWEST_HEADERS = 2_000;
/** Changes after an image that a desk takes as changes; beyond, a new image costs everybody less. */
const LONGEST_TAIL = 5_000;
const LASTS_MS = 24 * HOUR;

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
  /** Of those that are closed. */
  headersKept?: number;
  fewestHeaders?: number;
  longestTail?: number;
}

/**
 * Ready images of branches, made when the first desk asks and shared by all that begin while the log of changes reaches back to
 * them. One is made at a time for each branch; the one before it stays for those who are fetching it.
 */
export function createBranchImages(options: Options): BranchImages {
  const { store, folder, clock, log, headersKept = HEADERS_KEPT } = options;
  const { fewestHeaders = FEWEST_HEADERS, longestTail = LONGEST_TAIL } = options;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  /** The newest first. */
  const images = new Map<string, BranchImage[]>();
  const making = new Map<string, Promise<BranchImage | null>>();
  const workers = new Set<Worker>();

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

  const run = (order: ImageOrder): Promise<BuiltImage> =>
    new Promise((resolve, reject) => {
      const { databaseUrl, workerUrl } = options;
      const worker = new Worker(workerUrl, { workerData: { databaseUrl, order }, name: 'branch-image' });
      workers.add(worker);
      worker.on('message', (built: BuiltImage) => resolve(built));
      worker.on('error', reject);
      worker.on('exit', (code) => {
        workers.delete(worker);
        reject(new Error(`The image was not made (${code}).`));
      });
    });

  const make = async (branchId: string): Promise<BranchImage | null> => {
    const madeAt = clock();
    const closedAfter = madeAt - HEADERS_LAST_MS;
    if ((await countHeaders(store, branchId, closedAfter, fewestHeaders)) < fewestHeaders) return null;
    const path = join(folder, uuidv7());
    const startedAt = performance.now();
    const built = await run({ branchId, closedAfter, limit: headersKept, path });
    const image = { ...built, schemaVersion: BRANCH_SCHEMA, path, madeAt };
    await keep(branchId, [image, ...(images.get(branchId) ?? []).slice(0, 1)]);
    const milliseconds = Math.round(performance.now() - startedAt);
    log.info({ branchId, seq: image.seq, bytes: image.bytes, milliseconds }, 'image of a branch made');
    return image;
  };

  const newest = async (branchId: string): Promise<BranchImage | null> => {
    const [image] = images.get(branchId) ?? [];
    return image && (await isGood(branchId, image)) ? image : make(branchId);
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
      clearInterval(timer);
      await Promise.all([...workers].map((worker) => worker.terminate()));
    },
  };
}
