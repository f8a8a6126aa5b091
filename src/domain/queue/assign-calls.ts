import type { AgentId, ServiceId, TicketId } from '../../protocol/ids.ts';
import type { Instant } from '../../protocol/instant.ts';
import type { QueueRules, Service } from '../../protocol/office.ts';
import type { QueueReason } from '../../protocol/queue-reason.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { isPassedOver } from './is-passed-over.ts';
import { orderLine } from './order-line.ts';

/** An agent who can receive a customer now (`canReceive`). */
export interface FreeAgent {
  agentId: AgentId;
  mainServices: readonly ServiceId[];
  supportServices: readonly ServiceId[];
  freeSince: Instant;
}

export interface AssignedCall {
  agentId: AgentId;
  ticketId: TicketId;
  reasons: QueueReason[];
}

/**
 * Which free agent calls whom [QU7]. Agents choose from the line in turn, the longest free first; all of them from their
 * main services before anybody from support services, so that nobody helps out a colleague who is free. Whoever is not ready
 * for a video is passed over while others wait [QU9].
 */
export function assignCalls({
  tickets,
  services,
  rules,
  agents,
  now,
}: {
  tickets: readonly TicketHeader[];
  services: readonly Service[];
  rules: QueueRules;
  agents: readonly FreeAgent[];
  now: Instant;
}): AssignedCall[] {
  const line = orderLine({ tickets, services, agent: null, rules, now });
  const takenTickets = new Set<TicketId>();
  const calls = new Map<AgentId, AssignedCall>();
  const inTurn = agents.toSorted((a, b) => a.freeSince - b.freeSince || (a.agentId < b.agentId ? -1 : 1));

  for (const rank of ['mainService', 'supportService'] as const) {
    for (const { agentId, mainServices, supportServices } of inTurn) {
      if (calls.has(agentId)) continue;
      const servedBy = rank === 'mainService' ? mainServices : supportServices;
      const theirs = line.filter(({ ticket }) => servedBy.includes(ticket.serviceId) && !takenTickets.has(ticket.id));
      const ready = theirs.findIndex(({ ticket }) => !isPassedOver(ticket, now));
      // Where nobody else waits, whoever is not ready is called after all.
      const first = theirs[Math.max(0, ready)];
      if (!first) continue;
      takenTickets.add(first.ticket.id);
      const passed: QueueReason[] = ready > 0 ? [{ type: 'passedNotReady', count: ready }] : [];
      calls.set(agentId, {
        agentId,
        ticketId: first.ticket.id,
        reasons: [{ type: rank }, ...passed, ...first.reasons],
      });
    }
  }
  return [...calls.values()];
}
