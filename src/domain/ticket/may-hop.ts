import type { Service } from '../../protocol/office.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { isGiven } from './is-given.ts';

/** So often a ticket passes from one to the other: each time is a line of its timeline. */
export const MAXIMUM_HOPS = 20;

type Hopping = Pick<TicketHeader, 'kind' | 'state' | 'hops'>;
type HopService = Pick<Service, 'kind' | 'isAlsoVideo'> | undefined;

/** Why the customer of a ticket may not pass to the video now, or from it to the counter; null where they may [PT1] [PT2] [PT3]. */
export function whyNoHop(
  { kind, state, hops = 0 }: Hopping,
  service: HopService,
): 'WRONG_STATE' | 'TOO_MANY_HOPS' | null {
  if (state !== 'waiting' || (kind !== 'turn' && kind !== 'virtual')) return 'WRONG_STATE';
  if (!isGiven(kind === 'turn' ? 'virtual' : 'turn', service)) return 'WRONG_STATE';
  return hops < MAXIMUM_HOPS ? null : 'TOO_MANY_HOPS';
}

export const mayHop = (header: Hopping, service: HopService): boolean => whyNoHop(header, service) === null;
