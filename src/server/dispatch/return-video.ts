import { nobody, type Work } from '../changes/work.ts';
import { changeStatus } from '../commands/change-status.ts';
import { endHolding } from '../commands/end-holding.ts';
import { moveTicket } from '../commands/move-ticket.ts';
import { readAttention } from '../store/attention-rows.ts';
import { lockStatuses } from '../store/status-rows.ts';
import { lockTicket } from '../store/ticket-rows.ts';

/** A video whose desk has been silent for this long goes back (trust R17). */
export const SILENT_VIDEO_MS = 120_000;

/**
 * Gives a video that is attended back to the line, at its old place, if its desk is still silent: the customer sits before a
 * page that nobody looks at. Nothing is done when another process did it, or the desk is back.
 */
export async function returnVideo(work: Work, attentionId: string): Promise<void> {
  const attention = await readAttention(work.tx, attentionId);
  if (!attention) return;
  const status = (await lockStatuses(work.tx, [attention.agentId], work.now)).get(attention.agentId);
  if (status && status.seenAt !== null && status.seenAt > work.now - SILENT_VIDEO_MS) return;
  const row = await lockTicket(work.tx, attention.companyId, attention.ticketId);
  if (row?.header.state !== 'attending' || row.header.holder?.attentionId !== attentionId) return;
  await moveTicket(work, row, { type: 'return' }, { type: 'ticket.returned', cause: 'deskSilent' }, nobody);
  const time = { occurredAt: work.now, isSuspect: false };
  await endHolding(work, { attentionId, agentId: attention.agentId }, { cause: 'deskSilent', outcome: null }, time);
  await changeStatus(work, attention.agentId, { type: 'attentionEnded' });
}
