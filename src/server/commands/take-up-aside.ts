import type { Work } from '../changes/work.ts';
import { readModuleName } from '../store/agent-rows.ts';
import { moveAttention } from '../store/attention-rows.ts';
import { lockStatuses } from '../store/status-rows.ts';
import { heldBy, lockAside } from '../store/ticket-rows.ts';
import { moveTicket } from './move-ticket.ts';

/**
 * An agent whose hand is free takes up the oldest ticket that was laid aside in the branch where they sit (SPEC TK12). Their
 * status row is locked already.
 */
export async function takeUpAside(work: Work, agentId: string): Promise<void> {
  const [statuses, inHand] = await Promise.all([lockStatuses(work.tx, [agentId], work.now), heldBy(work.tx, agentId)]);
  const { status } = statuses.get(agentId) ?? {};
  if (!status?.branchId || inHand) return;
  const row = await lockAside(work.tx, agentId, status.branchId);
  if (!row?.header.holder) return;
  const actor = { agentId, agentName: row.header.holder.agentName, eventId: null };
  const moduleId = status.moduleId;
  const moduleName = moduleId && (await readModuleName(work.tx, moduleId));
  await moveTicket(work, row, { type: 'resume', moduleId }, { type: 'ticket.attended', moduleName }, actor);
  work.write(moveAttention(work.tx, row.header.holder.attentionId, moduleId));
}
