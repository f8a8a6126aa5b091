import type { Service } from '../../protocol/office.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';

/** Whether a service gives turns of this kind: by video, at its counter, or either. */
export function isGiven(
  kind: TicketHeader['kind'],
  service: Pick<Service, 'kind' | 'isAlsoVideo'> | undefined,
): boolean {
  if (service === undefined) return false;
  if (kind === 'virtual') return service.kind === 'video' || service.isAlsoVideo === true;
  return kind === 'turn' && service.kind === 'counter';
}
