import { runWork, type Work } from '../changes/work.ts';
import { changeStatus } from '../commands/change-status.ts';
import { sayPresence } from '../commands/say-presence.ts';
import { returnCall } from '../dispatch/return-call.ts';
import type { ServerContext } from '../start/server-context.ts';
import { closeSession, readExpiredSessions, type SessionEnd, type SessionRow } from '../store/session-rows.ts';
import { lockStatuses } from '../store/status-rows.ts';
import { heldBy } from '../store/ticket-rows.ts';

/**
 * Ends a session: its module is free for another agent, the agent is Fuera de línea, and a call that nobody answered goes
 * back to its place, unless the agent is back at the same desk (`keepsCall`). The agent's status row is locked already.
 */
export async function endSession(
  work: Work,
  session: SessionRow,
  cause: SessionEnd,
  { keepsCall }: { keepsCall: boolean },
): Promise<void> {
  if (!(await closeSession(work.tx, session.id, cause, work.now))) return;
  if (session.branchId === null || session.moduleId === null) return;
  if (!keepsCall) await returnOwnCall(work, session.agentId);
  await changeStatus(work, session.agentId, { type: 'signedOut' });
  await sayPresence(work, session.agentId, session.branchId);
}

/** Ends the sessions whose 12 hours are over. */
export async function endExpiredSessions(context: ServerContext): Promise<void> {
  const expired = await readExpiredSessions(context.store.db, context.clock());
  for (const session of expired) {
    await runWork(context, async (work) => {
      await lockStatuses(work.tx, [session.agentId], work.now);
      await endSession(work, session, 'expired', { keepsCall: false });
    });
  }
}

async function returnOwnCall(work: Work, agentId: string): Promise<void> {
  const held = await heldBy(work.tx, agentId);
  if (held?.state === 'calling' && held.holder) await returnCall(work, held.holder.attentionId, 'signedOut', null);
}
