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
  const { status } = (await lockStatuses(work.tx, [agentId], work.now)).get(agentId) ?? {};
  if (!status?.branchId || (await heldBy(work.tx, agentId))) return;
  const row = await lockAside(work.tx, agentId, status.branchId);
  if (!row?.header.holder) return;
  const actor = { agentId, agentName: row.header.holder.agentName, eventId: null };
  const moduleId = status.moduleId;
  const moduleName = moduleId && (await readModuleName(work.tx, moduleId));
  await moveTicket(work, row, { type: 'resume', moduleId }, { type: 'ticket.attended', moduleName }, actor);
  await moveAttention(work.tx, row.header.holder.attentionId, moduleId);
}
