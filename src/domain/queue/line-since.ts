import type { Instant } from '../../protocol/instant.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';

/**
 * Instant from which a ticket's wait counts in the line [QU3]: `waitingSince`, and for an appointment never before its hour
 * nor its check-in. It may lie ahead of now: somebody who checked in early.
 */
export function lineSince(ticket: Pick<TicketHeader, 'waitingSince' | 'appointmentAt' | 'checkedInAt'>): Instant {
  return Math.max(ticket.waitingSince, ticket.appointmentAt ?? 0, ticket.checkedInAt ?? 0);
}
