import type { TransferOffer } from '../../protocol/video/transfer-offer.ts';
import type { Reader } from '../store/database.ts';
import { countNotes } from '../store/event-rows.ts';
import { readOpenOffersOf, type OfferRow } from '../store/offer-rows.ts';
import { readTicket, type TicketRow } from '../store/ticket-rows.ts';

/** An offer with its card, as its two agents are told of it. */
export async function presentOffer(
  db: Reader,
  { header, topicIds }: TicketRow,
  { companyId: _company, branchId: _branch, ...offer }: OfferRow,
): Promise<TransferOffer> {
  const { turnCode, serviceId, displayName, attendingSince } = header;
  const notes = await countNotes(db, header.id);
  const card = { turnCode, serviceId, customerName: displayName, attendingSince, topics: topicIds.length, notes };
  return { ...offer, card };
}

/** The open offers of an agent and to them. */
export async function openOffersOf(db: Reader, agentId: string): Promise<TransferOffer[]> {
  const offers: TransferOffer[] = [];
  for (const row of await readOpenOffersOf(db, agentId)) {
    const ticket = await readTicket(db, row.companyId, row.ticketId);
    if (ticket) offers.push(await presentOffer(db, ticket, row));
  }
  return offers;
}
