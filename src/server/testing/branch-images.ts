import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServerContext } from '../start/server-context.ts';
import { createBranchImages, type BranchImages } from '../jobs/snapshot/branch-images.ts';
import type { TestDatabase } from './test-database.ts';

/** Images of a server process, in a folder of their own, of branches however small. */
export function testImages(
  { context, database }: { context: ServerContext; database: TestDatabase },
  options: Partial<Parameters<typeof createBranchImages>[0]> = {},
): { images: BranchImages; folder: string; close: () => Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'ventanilla-images-'));
  const images = createBranchImages({
    store: context.store,
    databaseUrl: database.url,
    folder,
    // Made by tools/testing/build-workers.ts.
    workerUrl: pathToFileURL(join(process.env['VENTANILLA_TEST_WORKERS'] ?? '', 'branch-image.js')),
    clock: context.clock,
    log: context.log,
    disk: { isFull: () => Promise.resolve(false) },
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
