import { runWork } from '../changes/work.ts';
import type { ServerContext } from '../start/server-context.ts';
import { insertAudit } from '../store/audit-rows.ts';
import { liftGuestBlock, readGuestBlocks, type KnownBlock } from '../store/guest-block-rows.ts';
import { AdminError } from './admin-error.ts';

/** Guests whom agents have reported. */
export const listGuestBlocks = (context: ServerContext): Promise<KnownBlock[]> => readGuestBlocks(context.store.db);

/** Lets a reported guest in again at once. A second time, and after its end, changes nothing. */
export async function liftBlock(context: ServerContext, id: string): Promise<KnownBlock> {
  const block = (await listGuestBlocks(context)).find((one) => one.id === id);
  if (!block) throw new AdminError(`There is no report ${id}: see the verb guest list.`);
  await runWork(context, async ({ tx, now }) => {
    if (!(await liftGuestBlock(tx, id, now))) return;
    const { companyId } = block;
    await insertAudit(tx, { companyId, agentId: null, deviceId: null, act: 'guest.unblocked', subject: id, at: now });
  });
  return (await listGuestBlocks(context)).find((one) => one.id === id) ?? block;
}
