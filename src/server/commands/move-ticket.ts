import { nextTicket, type TicketAct } from '../../domain/ticket/next-ticket.ts';
import type { TicketFact } from '../../protocol/event.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import type { ActTime, Actor, Work } from '../changes/work.ts';
import { Refusal } from '../policies/refusal.ts';
import { saveTicket, type TicketRow } from '../store/ticket-rows.ts';
import { endOffer } from './move-offer.ts';
import { sayContent } from './say-content.ts';

/**
 * Moves a locked ticket through the machine and tells everybody who may know: the branch gets the header; the holder gets
 * the content with the ticket, its new lines while holding it, and loses it when it goes on to somebody else.
 */
export async function moveTicket(
  work: Work,
  row: TicketRow,
  act: TicketAct,
  fact: TicketFact,
  actor: Actor,
  time: ActTime = { occurredAt: work.now, isSuspect: false },
): Promise<TicketHeader> {
  const before = row.header;
  const next = nextTicket(before, act, time.occurredAt);
  if ('refused' in next) throw new Refusal(next.refused);
  const after = next.ticket;
  if (before.kind === 'virtual' && before.holder && after.holder?.attentionId !== before.holder.attentionId) {
    await endOffer(work, row);
  }
  row.header = after;
  work.write(saveTicket(work.tx, after));
  work.say('branch', row.branchId, { type: 'ticket.put', header: after });
  const event = work.record(row, actor, fact, time);

  const held = before.holder?.agentId;
  const holds = after.holder?.agentId;
  if (holds && holds !== held) await sayContent(work, holds, row);
  if (holds && holds === held) work.say('agent', holds, { type: 'event.added', event });
  if (held && held !== holds) {
    work.say('agent', held, { type: 'event.added', event });
    if (after.state !== 'closed') work.say('agent', held, { type: 'content.gone', ticketId: after.id });
  }
  if (after.state === 'waiting' || (held && !holds)) work.dispatch(row.branchId);
  return after;
}
