import { existsSync, rmSync } from 'node:fs';
import { evidenceFolder, foldersIn } from '../evidence/claim-folder.ts';
import { DataFolderInUseError, lockDataFolder } from '../start/data-folder-lock.ts';
import type { ServerContext } from '../start/server-context.ts';
import { forgetDemo } from '../start/load-demo.ts';
import { deleteCompany, readCompanies } from '../store/company-rows.ts';
import { forgetEvidence } from '../store/evidence-rows.ts';
import { AdminError } from './admin-error.ts';

/** Removes the demo company with all that it holds; no later start brings it back. Nothing else is touched. */
export async function wipeDemo(
  { context, isShared }: { context: ServerContext; isShared: boolean },
  dataFolder: string,
): Promise<{ company: string }> {
  if (isShared) throw atWork();
  const demo = (await readCompanies(context.store.db)).find(({ isDemo }) => isDemo);
  if (!demo) throw new AdminError('There is no demo office.');
  const journals = lockJournals(evidenceFolder(dataFolder));
  try {
    await context.store.db.transaction().execute(async (tx) => {
      await deleteCompany(tx, demo.id);
      // Its lines stand in one chain with those of others, which has to stay whole.
      if (!(await forgetEvidence(tx))) {
        throw new AdminError('Another company has evidence in the same journals: it cannot be parted from the demo.');
      }
      // The mark comes before the commit: a start after a cut between the two does not fill the emptied database again.
      forgetDemo(dataFolder);
    });
    rmSync(evidenceFolder(dataFolder), { recursive: true, force: true });
  } finally {
    journals.release();
  }
  return { company: demo.name };
}

const atWork = (): AdminError => new AdminError('A server is at work in the data folder: stop it first.');

/** Takes the place of every server that writes a journal here; one on a database of its own is known by that alone. */
function lockJournals(evidence: string): { release: () => void } {
  const releases: (() => void)[] = [];
  const release = (): void => {
    for (const unlock of releases) unlock();
  };
  try {
    for (const folder of existsSync(evidence) ? foldersIn(evidence) : []) releases.push(lockDataFolder(folder));
  } catch (error) {
    release();
    throw error instanceof DataFolderInUseError ? atWork() : error;
  }
  return { release };
}
