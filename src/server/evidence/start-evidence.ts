import type { Logger } from 'pino';
import type { Store } from '../store/connect.ts';
import { claimFolder } from './claim-folder.ts';
import { createEvidenceBook, type EvidenceBook } from './evidence-book.ts';

/** The evidence of this server process. What the one before it could not commit is made void at once, or before the next line. */
export async function startEvidence(options: {
  store: Store;
  log: Logger;
  clock: () => number;
  dataFolder: string;
}): Promise<{ book: EvidenceBook; stop: () => Promise<void> }> {
  const { store, log, clock, dataFolder } = options;
  const { folder, release } = claimFolder(dataFolder);
  const book = createEvidenceBook({ store, log, clock, folder });
  await book.open().catch((error: unknown) => log.error({ error }, 'the evidence journal could not be opened'));
  return {
    book,
    stop: async () => {
      await book.close();
      release();
    },
  };
}
