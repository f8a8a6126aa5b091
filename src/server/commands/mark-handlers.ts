import { ownTicket } from '../policies/may-touch-ticket.ts';
import { Refusal } from '../policies/refusal.ts';
import { readAttention } from '../store/attention-rows.ts';
import type { CommandHandler } from './command-handler.ts';
import { tellEvent } from './tell-holder.ts';

/**
 * A mark is kept whoever holds the ticket by the time it arrives, but only of an attention of its author's. A moment after the
 * mark was sent, or after the attention had ended, counts as that end.
 */
export const addMark: CommandHandler<'mark.add'> = async ({ work, author, ticket, actor, time }, body) => {
  const row = ownTicket(author, ticket);
  const attention = await readAttention(work.tx, body.attentionId);
  if (attention?.ticketId !== row.id || attention.agentId !== author.agentId) {
    throw new Refusal('STALE_EPOCH');
  }
  const lastedMs = Math.max(0, Math.min(attention.endedAt ?? work.now, time.occurredAt) - attention.startedAt);
  const momentMs = Math.min(body.momentMs, lastedMs);
  const event = work.record(row, actor, { type: 'mark.added', momentMs, text: body.text }, time);
  await tellEvent(work, row, event);
  return 'accepted';
};
