import type { ServiceId } from '../../protocol/ids.ts';
import type { Instant } from '../../protocol/instant.ts';
import type { QueueRules, Service } from '../../protocol/office.ts';
import type { QueueReason } from '../../protocol/queue-reason.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { waitReasons, weightedWait } from './weighted-wait.ts';

export interface Line {
  tickets: readonly TicketHeader[];
  services: readonly Service[];
  /** Whose line; null for the line of the whole branch. */
  agent: { mainServices: readonly ServiceId[]; supportServices: readonly ServiceId[] } | null;
  rules: QueueRules;
  now: Instant;
}

export interface LinePlace {
  ticket: TicketHeader;
  reasons: QueueReason[];
}

/**
 * The order of service [QU1]: the waiting tickets that the agent may attend, first served first, each with its reasons.
 * Those of main services stand before those of support services; within each the greatest weighted wait, ties by number.
 */
export function orderLine({ tickets, services, agent, rules, now }: Line): LinePlace[] {
  const serviceById = new Map(services.map((service) => [service.id, service]));
  const rankByService = agent && servicesByRank(agent);
  return tickets
    .filter((ticket) => ticket.state === 'waiting' && (rankByService?.has(ticket.serviceId) ?? true))
    .map((ticket) => ({
      ticket,
      rank: rankByService?.get(ticket.serviceId) ?? null,
      wait: weightedWait(ticket, serviceById.get(ticket.serviceId), rules, now),
    }))
    .toSorted(
      (a, b) =>
        Number(a.rank === 'supportService') - Number(b.rank === 'supportService') ||
        b.wait - a.wait ||
        a.ticket.number - b.ticket.number,
    )
    .map(({ ticket, rank }) => ({
      ticket,
      reasons: [...(rank === null ? [] : [{ type: rank }]), ...waitReasons(ticket, now)],
    }));
}

function servicesByRank(agent: NonNullable<Line['agent']>): Map<ServiceId, 'mainService' | 'supportService'> {
  return new Map([
    ...agent.supportServices.map((id) => [id, 'supportService'] as const),
    ...agent.mainServices.map((id) => [id, 'mainService'] as const),
  ]);
}
