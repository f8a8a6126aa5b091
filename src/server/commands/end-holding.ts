import type { TicketOutcome } from '../../protocol/ticket.ts';
import type { ActTime, Work } from '../changes/work.ts';
import { endAttention } from '../store/attention-rows.ts';
import { dropDue } from '../store/due-rows.ts';
import { setFreeSince } from '../store/status-rows.ts';
import { takeUpAside } from './take-up-aside.ts';

/**
 * The end of an attention: its clocks stop and the agent, whose status is locked, is free from now, or takes up what was laid
 * aside. `outcome`: what the ticket was closed with, null when it goes on. `wasAside`: the ticket was not in the agent's hand,
 * who is as free as before. `takesUp`: false for whoever leaves, or has somebody else before them already.
 */
export async function endHolding(
  work: Work,
  attention: { attentionId: string; agentId: string },
  end: { cause: string; outcome: TicketOutcome | null; wasAside?: boolean; takesUp?: boolean },
  time: ActTime,
): Promise<void> {
  const { cause, outcome, wasAside = false, takesUp = true } = end;
  work.write(endAttention(work.tx, attention.attentionId, time.occurredAt, cause, outcome));
  if (!wasAside) {
    work.write(setFreeSince(work.tx, attention.agentId, work.now));
    if (takesUp) await takeUpAside(work, attention.agentId);
  }
  // Last: due times are locked after statuses and tickets, here as everywhere.
  work.write(dropDue(work.tx, ['acknowledge', 'noAnswer'], attention.attentionId));
}
