import type { AgentStatus } from '../../protocol/agent-status.ts';
import type { Work } from '../changes/work.ts';
import { lockStatuses } from '../store/status-rows.ts';

/** The status of an agent as this transaction left it, locked to its end. */
export async function lockStatus(work: Work, agentId: string): Promise<AgentStatus> {
  const known = work.statuses.get(agentId);
  if (known) return known;
  const row = (await lockStatuses(work.tx, [agentId], work.now)).get(agentId);
  if (!row) throw new Error(`agent ${agentId} has no status`);
  work.statuses.set(agentId, row.status);
  return row.status;
}
