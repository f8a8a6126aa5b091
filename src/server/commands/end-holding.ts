import type { TicketOutcome } from '../../protocol/ticket.ts';
import type { ActTime, Work } from '../changes/work.ts';
import { endAttention } from '../store/attention-rows.ts';
import { dropDue } from '../store/due-rows.ts';
import { setFreeSince } from '../store/status-rows.ts';

/**
 * The end of an attention: its clocks stop and the agent, whose status is locked, is free from now. `outcome`: what the
 * ticket was closed with, null when it goes on.
 */
export async function endHolding(
  work: Work,
  attention: { attentionId: string; agentId: string },
  { cause, outcome }: { cause: string; outcome: TicketOutcome | null },
  time: ActTime,
): Promise<void> {
  await endAttention(work.tx, attention.attentionId, time.occurredAt, cause, outcome);
  await dropDue(work.tx, 'acknowledge', attention.attentionId);
  await dropDue(work.tx, 'noAnswer', attention.attentionId);
  await setFreeSince(work.tx, attention.agentId, work.now);
}
