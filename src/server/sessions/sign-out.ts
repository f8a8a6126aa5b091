import { runWork } from '../changes/work.ts';
import { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import type { SessionRow } from '../store/session-rows.ts';
import { lockStatuses } from '../store/status-rows.ts';
import { heldBy } from '../store/ticket-rows.ts';
import { endSession } from './end-session.ts';

/** The end of a shift: the module is free and the agent Fuera de línea. Refused while a customer is in hand. */
export async function signOut(context: ServerContext, session: SessionRow): Promise<void> {
  await runWork(context, async (work) => {
    await lockStatuses(work.tx, [session.agentId], work.now);
    if (await heldBy(work.tx, session.agentId)) throw new Refusal('BUSY_AGENT');
    await endSession(work, session, 'signedOut', { keepsCall: false });
  });
}
