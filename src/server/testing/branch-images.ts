import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerContext } from '../start/server-context.ts';
import { createBranchImages, type BranchImages } from '../jobs/snapshot/branch-images.ts';
import type { TestDatabase } from './test-database.ts';

/** Images of a server process, in a folder of their own, of branches however small. */
export function testImages(
  { context, database }: { context: ServerContext; database: TestDatabase },
  options: { headersKept?: number; fewestHeaders?: number; longestTail?: number; workerUrl?: URL } = {},
): { images: BranchImages; folder: string; close: () => Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'ventanilla-images-'));
  const images = createBranchImages({
    store: context.store,
    databaseUrl: database.url,
    folder,
    workerUrl: new URL('../jobs/snapshot/worker.ts', import.meta.url),
    clock: context.clock,
    log: context.log,
    fewestHeaders: 1,
    ...options,
  });
  return {
    images,
    folder,
    close: async () => {
      await images.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
