import type { Work } from '../changes/work.ts';
import { lockOthersOfBrowser, saveTicket } from '../store/ticket-rows.ts';

/**
 * What else a browser has open that was reported in `ticketId`: what it said of its equipment holds no more, and its pages look again,
 * which end then (decision 0017). A page whose ticket was in other hands at that moment does the same by itself.
 */
export async function putOutGuest(
  work: Work,
  reported: { companyId: string; browserHash: Buffer; ticketId: string },
): Promise<void> {
  for (const row of await lockOthersOfBrowser(work.tx, reported)) {
    const { readiness, ...header } = row.header;
    if (readiness) work.write(saveTicket(work.tx, header));
    work.say('branch', row.branchId, { type: 'ticket.put', header });
  }
}
