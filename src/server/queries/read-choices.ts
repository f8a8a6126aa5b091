import { businessDayOf } from '../../domain/business-day/business-day.ts';
import { mayHop } from '../../domain/ticket/may-hop.ts';
import { mayRenew } from '../../domain/ticket/may-renew.ts';
import type { TurnState } from '../../protocol/http/public-api.ts';
import type { Service } from '../../protocol/office.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { GUEST_BLOCKED, readLastEnds, readRequeues } from '../store/attention-rows.ts';
import type { Reader } from '../store/database.ts';
import type { BranchRow } from '../store/service-rows.ts';

export type Choices = Pick<TurnState, 'canHop' | 'requeued' | 'canRenew'>;

/** What the customers of these tickets of a branch are told besides their place, by id. */
export async function readChoices(
  db: Reader,
  { branch, services, headers, now }: { branch: BranchRow; services: Service[]; headers: TicketHeader[]; now: number },
): Promise<(header: TicketHeader) => Choices> {
  const today = businessDayOf(now, branch.timeZone);
  const serviceOf = ({ serviceId }: TicketHeader) => services.find(({ id }) => id === serviceId);
  const isBack = ({ state, requeues }: TicketHeader): boolean => state === 'waiting' && requeues > 0;
  const isRenewable = (header: TicketHeader): boolean => mayRenew(header, serviceOf(header), today);
  const requeues = await readRequeues(
    db,
    headers.filter(isBack).map(({ id }) => id),
  );
  const ends = await readLastEnds(
    db,
    headers.filter(isRenewable).map(({ id }) => id),
  );
  return (header) => ({
    ...(mayHop(header, serviceOf(header)) && { canHop: true }),
    ...(isBack(header) && { requeued: requeues.get(header.id) ?? 'moved' }),
    ...(isRenewable(header) && ends.get(header.id) !== GUEST_BLOCKED && { canRenew: true }),
  });
}
