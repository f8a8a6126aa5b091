import type { BusinessDay } from '../../protocol/instant.ts';
import type { Service } from '../../protocol/office.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { isGiven } from './is-given.ts';

/**
 * Whether the customer of a ticket may have another one in its place: it was closed without an attention, on this business day of
 * its branch, and its service still gives such turns [PT5].
 */
export const mayRenew = (
  { kind, state, outcome, attendingSince, businessDay }: TicketHeader,
  service: Pick<Service, 'kind' | 'isAlsoVideo'> | undefined,
  today: BusinessDay,
): boolean =>
  state === 'closed' &&
  (outcome === 'noShow' || outcome === 'cancelled') &&
  attendingSince === null &&
  businessDay === today &&
  isGiven(kind, service);
