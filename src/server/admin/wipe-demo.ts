import type { ServerContext } from '../start/server-context.ts';
import { forgetDemo } from '../start/load-demo.ts';
import { deleteCompany, readCompanies } from '../store/company-rows.ts';
import { AdminError } from './admin-error.ts';

/** Removes the demo company with all that it holds; no later start brings it back. Nothing else is touched. */
export async function wipeDemo(
  { context, isShared }: { context: ServerContext; isShared: boolean },
  dataFolder: string,
): Promise<{ company: string }> {
  if (isShared) throw new AdminError('A server is at work in the data folder: stop it first.');
  const demo = (await readCompanies(context.store.db)).find(({ isDemo }) => isDemo);
  if (!demo) throw new AdminError('There is no demo office.');
  // The mark comes first: a start after a cut between the two does not fill the emptied database again.
  forgetDemo(dataFolder);
  await context.store.db.transaction().execute((tx) => deleteCompany(tx, demo.id));
  return { company: demo.name };
}
