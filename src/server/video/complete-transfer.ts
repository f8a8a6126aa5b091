import { requireAttention } from '../../domain/ticket/next-ticket.ts';
import type { Holder } from '../../protocol/ticket.ts';
import { runWork, type Work } from '../changes/work.ts';
import { changeStatus } from '../commands/change-status.ts';
import { endHolding } from '../commands/end-holding.ts';
import { moveOffer } from '../commands/move-offer.ts';
import { moveTicket } from '../commands/move-ticket.ts';
import { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import { insertAttention } from '../store/attention-rows.ts';
import { readLinkOf } from '../store/guest-link-rows.ts';
import { readOffer, type OfferRow } from '../store/offer-rows.ts';
import { lockStatuses } from '../store/status-rows.ts';
import { heldBy, lockTicket, type TicketRow } from '../store/ticket-rows.ts';

/**
 * The guest gets the media of who accepted: the ticket passes on to them in one transaction, or the offer fails and everything
 * stays as it was. A guest who says so of an offer that is not of their ticket, or not open any more, changes nothing.
 */
export async function completeTransfer(
  context: ServerContext,
  guest: { id: string; ticketId: string },
  offerId: string,
): Promise<void> {
  const refused = (error: unknown): void => {
    if (!(error instanceof Refusal)) throw error;
  };
  await runWork(context, (work) => complete(work, guest, offerId)).catch(refused);
}

async function complete(work: Work, guest: { id: string; ticketId: string }, offerId: string): Promise<void> {
  const found = await readOffer(work.tx, offerId);
  if (found?.ticketId !== guest.ticketId) return;
  const { from, to, companyId } = found;
  const statuses = await lockStatuses(work.tx, [from.agentId, to.agentId], work.now);
  const row = await lockTicket(work.tx, companyId, guest.ticketId);
  const offer = row && (await readOffer(work.tx, offerId));
  if (!offer || (await readLinkOf(work.tx, guest.ticketId))?.id !== guest.id) return;
  const seat = statuses.get(to.agentId)?.status;
  const isFree = seat?.branchId === row.branchId && seat.moduleId !== null && !(await heldBy(work.tx, to.agentId));
  const isHeld = requireAttention(row.header, { ...offer, agentId: from.agentId }) === null;
  const actor = { ...to, eventId: null };
  const moved = await moveOffer(work, row, offer, { type: 'flowing', isHeld, isFree }, actor);
  if (moved.state === 'completed') await passOn(work, row, moved, seat?.moduleId ?? null);
}

async function passOn(
  work: Work,
  row: TicketRow,
  { from, to, attentionId, nextAttentionId, comment }: OfferRow,
  moduleId: Holder['moduleId'],
): Promise<void> {
  const time = { occurredAt: work.now, isSuspect: false };
  const holder = { ...to, moduleId, attentionId: nextAttentionId };
  const fact = { type: 'transfer.completed', fromName: from.agentName, toName: to.agentName, comment } as const;
  const header = await moveTicket(work, row, { type: 'passOn', holder }, fact, { ...to, eventId: null }, time);
  if (!header.holder) throw new Error('a ticket that was passed on has a holder');
  const rest = { isAutomatic: false, reasons: [], at: work.now, isBegun: true };
  work.write(insertAttention(work.tx, header, header.holder, rest));
  await endHolding(work, { attentionId, agentId: from.agentId }, { cause: 'transferred', outcome: null }, time);
  await changeStatus(work, from.agentId, { type: 'attentionEnded' }, time);
}
