import { isOpen, nextTransferOffer, type OfferEvent } from '../../domain/transfer-offer/next-transfer-offer.ts';
import type { TicketFact } from '../../protocol/event.ts';
import { nobody, type Actor, type Work } from '../changes/work.ts';
import { Refusal } from '../policies/refusal.ts';
import { presentOffer } from '../queries/present-offer.ts';
import { dropDue, setDue } from '../store/due-rows.ts';
import { readOpenOffer, saveOffer, type OfferRow } from '../store/offer-rows.ts';
import type { TicketRow } from '../store/ticket-rows.ts';
import { tellEvent } from './tell-holder.ts';

/** Moves an offer, whose ticket is locked, through its machine. The ticket itself stays as it is. */
export async function moveOffer(
  work: Work,
  row: TicketRow,
  before: OfferRow,
  event: OfferEvent,
  actor: Actor,
): Promise<OfferRow> {
  const next = nextTransferOffer(before, event, work.now);
  if ('refused' in next) throw new Refusal(next.refused);
  if (next.offer.state === before.state) return before;
  const after = { ...before, ...next.offer };
  const isOver = !isOpen(after);
  work.write(saveOffer(work.tx, after, work.now, isOver));
  const fact = factOf(after);
  if (fact) await tellEvent(work, row, work.record(row, actor, fact));
  await sayOffer(work, row, after);
  // The header as it is: the guest's page looks whether another agent is to be let in.
  work.say('branch', row.branchId, { type: 'ticket.put', header: row.header });
  // Last: due times are locked after statuses and tickets.
  if (isOver) {
    work.dispatch(row.branchId);
    work.write(dropDue(work.tx, ['transfer'], after.id));
  } else {
    work.write(setDue(work.tx, { kind: 'transfer', subjectId: after.id, branchId: row.branchId }, after.dueAt));
  }
  return after;
}

/** Tells both agents how it stands. */
export async function sayOffer(work: Work, ticket: TicketRow, row: OfferRow): Promise<void> {
  const offer = await presentOffer(work.tx, ticket, row);
  work.say('agent', offer.from.agentId, { type: 'transfer.put', offer });
  work.say('agent', offer.to.agentId, { type: 'transfer.put', offer });
}

/** The holding that was offered is about to end: so does its offer, if one is open. */
export async function endOffer(work: Work, row: TicketRow): Promise<void> {
  const offer = await readOpenOffer(work.tx, row.id);
  if (offer) await moveOffer(work, row, offer, { type: 'ticketMoved' }, nobody);
}

/** Its line in the timeline; that of a completed one is written when the ticket passes on. */
function factOf({ state, to: { agentName: toName }, reason, failure }: OfferRow): TicketFact | null {
  switch (state) {
    case 'accepted':
    case 'cancelled':
      return { type: `transfer.${state}` };
    case 'declined':
      return { type: 'transfer.declined', reason };
    case 'timedOut':
      return { type: 'transfer.timedOut', toName };
    case 'failed':
      return { type: 'transfer.failed', toName, failure: failure ?? 'noMedia' };
    case 'offered':
    case 'completed':
      return null;
  }
}
