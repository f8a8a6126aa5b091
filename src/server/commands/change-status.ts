import { nextStatus, type StatusEvent } from '../../domain/agent-status/next-status.ts';
import type { AgentStatus } from '../../protocol/agent-status.ts';
import type { ActTime, Work } from '../changes/work.ts';
import { saveStatus } from '../store/status-rows.ts';
import { lockStatus } from './lock-status.ts';

/** Applies an event to an agent's status, keeps the ledger and tells the agent's desk. Returns the status after it. */
export async function changeStatus(
  work: Work,
  agentId: string,
  event: StatusEvent,
  time: ActTime = { occurredAt: work.now, isSuspect: false },
): Promise<AgentStatus> {
  const before = await lockStatus(work, agentId);
  const after = nextStatus(before, event, time.occurredAt);
  if (after === before) return before;
  work.statuses.set(agentId, after);
  work.write(saveStatus(work.tx, before, after, { ...time, receivedAt: work.now }));
  work.say('agent', agentId, { type: 'status.put', status: after });
  if (after.branchId && after.state === 'online' && !after.isManual) work.dispatch(after.branchId);
  return after;
}
