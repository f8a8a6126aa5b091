import { nobody, type Work } from '../changes/work.ts';
import { moveOffer } from '../commands/move-offer.ts';
import { dropDue, isDue } from '../store/due-rows.ts';
import { readOffer } from '../store/offer-rows.ts';
import { lockTicket } from '../store/ticket-rows.ts';

/**
 * Ends an offer whose time is over; ticket and agents stay as they are. Nothing is done when another process did it, or it was
 * answered meanwhile.
 */
export async function settleOffer(work: Work, offerId: string): Promise<void> {
  const found = await readOffer(work.tx, offerId);
  const row = found && (await lockTicket(work.tx, found.companyId, found.ticketId));
  // Whoever moves this clock has locked the ticket before: it stands still from here on.
  if (!(await isDue(work.tx, { kind: 'transfer', subjectId: offerId }, work.now))) return;
  const offer = row && (await readOffer(work.tx, offerId));
  if (offer) await moveOffer(work, row, offer, { type: 'clock' }, nobody);
  work.write(dropDue(work.tx, ['transfer'], offerId));
}
