import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { startStore, type StoreClient } from '../../src/main/cache/store-client.ts';
import { beginStoreThread } from '../../src/main/cache/store-thread.ts';
import { deskFolders } from '../../src/main/start/desk-folders.ts';
import { createImageTaker } from '../../src/main/sync/image-taker.ts';
import { lineTimings } from '../../src/main/sync/line-timings.ts';
import { createLine } from '../../src/main/sync/line.ts';
import { createServerClock } from '../../src/main/sync/server-clock.ts';
import type { FilledOffice, SignedInDesk } from './filled-office.ts';

const log = pino({ level: 'silent' });
const workerUrl = new URL('../../out/main/cache-worker.cjs', import.meta.url);

/** A desk that has caught up with its branch. */
export interface ColdDesk {
  /** From its first word to the server to having caught up, in ms. */
  took: number;
  store: StoreClient;
  /** Lets go of line and files; the branch's own file is whole then. */
  stop: () => Promise<{ branchFile: string }>;
  /** After `stop`. */
  remove: () => Promise<void>;
}

export type SyncedOffice = Pick<FilledOffice, 'api' | 'branchId' | 'folder' | 'serverUrl'>;

/**
 * A desk without anything in a folder of its own, brought to having caught up with its branch, by the product's line and the
 * built store.
 * @param number of the desk in the office's folder
 */
export async function openColdDesk(office: SyncedOffice, desk: SignedInDesk, number: number): Promise<ColdDesk> {
  const { api, branchId, serverUrl } = office;
  const { databaseFolder, markerPath } = deskFolders(office.folder, 1_000 + number);
  const store = await startStore(
    beginStoreThread(workerUrl),
    { databaseFolder, markerPath, key: Buffer.alloc(32) },
    () => undefined,
  );
  await store.ask('viewer.set', { agentId: desk.agentId, branchId });
  const images = createImageTaker({ api, store, folder: databaseFolder, log });
  const clock = createServerClock(0);
  const device = () => desk.key.device;
  const caughtUp = Promise.withResolvers<void>();
  const line = createLine(
    { serverUrl, api, store, images, clock, timings: lineTimings, random: () => 0, device, log },
    {
      changed: () => undefined,
      room: () => undefined,
      transfers: () => undefined,
      applied: () => undefined,
      up: caughtUp.resolve,
      ended: (cause) => caughtUp.reject(new Error(`The line ended: ${cause}.`)),
    },
  );
  const startedAt = performance.now();
  line.start(desk.key);
  await caughtUp.promise;
  return {
    took: performance.now() - startedAt,
    store,
    stop: async () => {
      line.stop();
      await store.close();
      return { branchFile: join(databaseFolder, `branch-${branchId}.db`) };
    },
    remove: () => rm(join(databaseFolder, '..'), { recursive: true }),
  };
}
