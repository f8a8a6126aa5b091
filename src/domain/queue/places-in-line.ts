import type { ServiceId, TicketId } from '../../protocol/ids.ts';
import { orderLine, type Line } from './order-line.ts';

/** The people before each waiting ticket in the line of its service [QU6]; 0 is next. Who does not wait has no place. */
export function placesInLine({ tickets, ...line }: Omit<Line, 'agent'>): Map<TicketId, number> {
  const ahead = new Map<ServiceId, number>();
  return new Map(
    orderLine({ tickets, ...line, agent: null }).map(({ ticket: { id, serviceId } }) => {
      const place = ahead.get(serviceId) ?? 0;
      ahead.set(serviceId, place + 1);
      return [id, place];
    }),
  );
}
