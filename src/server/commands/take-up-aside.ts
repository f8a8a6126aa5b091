import type { Work } from '../changes/work.ts';
import { readModuleName } from '../store/agent-rows.ts';
import { moveAttention } from '../store/attention-rows.ts';
import { lockAside } from '../store/ticket-rows.ts';
import { lockStatus } from './lock-status.ts';
import { moveTicket } from './move-ticket.ts';

/**
 * An agent whose hand is free takes up the oldest ticket that was laid aside in the branch where they sit (SPEC TK12). Their
 * status row is locked already.
 */
export async function takeUpAside(work: Work, agentId: string): Promise<void> {
  const { branchId, moduleId } = await lockStatus(work, agentId);
  if (branchId === null) return;
  const row = await lockAside(work.tx, agentId, branchId);
  if (!row?.header.holder) return;
  const actor = { agentId, agentName: row.header.holder.agentName, eventId: null };
  const moduleName = moduleId && (await readModuleName(work.tx, moduleId));
  await moveTicket(work, row, { type: 'resume', moduleId }, { type: 'ticket.attended', moduleName }, actor);
  work.write(moveAttention(work.tx, row.header.holder.attentionId, moduleId));
}
