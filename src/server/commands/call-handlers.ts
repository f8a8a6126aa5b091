import { ownTicket } from '../policies/may-touch-ticket.ts';
import { Refusal } from '../policies/refusal.ts';
import { readAttention } from '../store/attention-rows.ts';
import type { CommandHandler } from './command-handler.ts';
import { tellEvent } from './tell-holder.ts';

/** What a desk tells of a call is kept whoever holds the ticket by now, but only of an attention of its author's. */
export const reportCall: CommandHandler<'call.report'> = async ({ work, author, ticket, actor, time }, body) => {
  const row = ownTicket(author, ticket);
  const attention = await readAttention(work.tx, body.attentionId);
  if (attention?.ticketId !== row.id || attention.agentId !== author.agentId) throw new Refusal('STALE_EPOCH');
  await tellEvent(work, row, work.record(row, actor, body.report, time));
  return 'accepted';
};
