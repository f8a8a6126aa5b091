import type { TicketOutcome } from '../../protocol/ticket.ts';
import type { ActTime, Work } from '../changes/work.ts';
import { endAttention } from '../store/attention-rows.ts';
import { dropDue } from '../store/due-rows.ts';
import { setFreeSince } from '../store/status-rows.ts';
import { takeUpAside } from './take-up-aside.ts';

/**
 * The end of an attention: its clocks stop and the agent, whose status is locked, is free from now, or takes up what was laid
 * aside. `outcome`: what the ticket was closed with, null when it goes on. `wasAside`: the ticket was not in the agent's hand,
 * who is as free as before.
 */
export async function endHolding(
  work: Work,
  attention: { attentionId: string; agentId: string },
  { cause, outcome, wasAside = false }: { cause: string; outcome: TicketOutcome | null; wasAside?: boolean },
  time: ActTime,
): Promise<void> {
  await endAttention(work.tx, attention.attentionId, time.occurredAt, cause, outcome);
  await dropDue(work.tx, 'acknowledge', attention.attentionId);
  await dropDue(work.tx, 'noAnswer', attention.attentionId);
  if (wasAside) return;
  await setFreeSince(work.tx, attention.agentId, work.now);
  // Whoever is leaving takes nothing up.
  if (cause !== 'signedOut') await takeUpAside(work, attention.agentId);
}
