import type { TicketId } from '../../protocol/ids.ts';
import type { Instant } from '../../protocol/instant.ts';
import type { QueueRules, Service } from '../../protocol/office.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { orderLine } from './order-line.ts';

/** People before this ticket in the line of its service [QU6]; 0 is next. Null when it is not waiting. */
export function placeInLine({
  ticketId,
  tickets,
  services,
  rules,
  now,
}: {
  ticketId: TicketId;
  tickets: readonly TicketHeader[];
  services: readonly Service[];
  rules: QueueRules;
  now: Instant;
}): number | null {
  const serviceId = tickets.find((ticket) => ticket.id === ticketId)?.serviceId;
  const ofService = tickets.filter((ticket) => ticket.serviceId === serviceId);
  const place = orderLine({ tickets: ofService, services, agent: null, rules, now }).findIndex(
    ({ ticket }) => ticket.id === ticketId,
  );
  return place === -1 ? null : place;
}
