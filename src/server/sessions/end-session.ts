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
 * back to its place, unless the agent is back at the same desk (`keepsCall`). The agent's status row is locked already;
 * where they sit is read here, for `session` may have been read before that lock.
 */
export async function endSession(
  work: Work,
  { id, agentId }: Pick<SessionRow, 'id' | 'agentId'>,
  cause: SessionEnd,
  { keepsCall }: { keepsCall: boolean },
): Promise<void> {
  const closed = await closeSession(work.tx, id, cause, work.now);
  if (!closed || closed.branchId === null) return;
  if (!keepsCall) await returnOwnCall(work, agentId);
  await changeStatus(work, agentId, { type: 'signedOut' });
  await sayPresence(work, agentId, closed.branchId);
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
  if (held?.state === 'calling' && held.holder)
    await returnCall(work, held.holder.attentionId, 'signedOut', { takesUp: false });
}
