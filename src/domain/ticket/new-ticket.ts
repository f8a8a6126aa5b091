import type { BranchId, ServiceId, TicketId } from '../../protocol/ids.ts';
import type { BusinessDay, Instant } from '../../protocol/instant.ts';
import type { Priority, TicketHeader, TicketKind, TicketOrigin, TurnCode } from '../../protocol/ticket.ts';
import type { HeaderNames } from '../names/header-names.ts';

export interface NewTicket {
  id: TicketId;
  branchId: BranchId;
  serviceId: ServiceId;
  number: number;
  turnCode: TurnCode;
  businessDay: BusinessDay;
  kind: Extract<TicketKind, 'turn' | 'virtual'>;
  priority: Priority;
  origin: TicketOrigin;
  customer: HeaderNames;
}

/**
 * A ticket that enters the line at this instant [TK3]. For "Atender ahora" (`origin: 'desk'`) the act `attendNow` follows at
 * once: `nextTicket(newTicket(…), { type: 'attendNow', holder, isAside: false }, at)`.
 */
export function newTicket({ customer, ...ticket }: NewTicket, at: Instant): TicketHeader {
  return {
    ...ticket,
    ...customer,
    state: 'waiting',
    outcome: null,
    holder: null,
    epoch: 0,
    createdAt: at,
    waitingSince: at,
    appointmentAt: null,
    checkedInAt: null,
    calledAt: null,
    lastCalledAt: null,
    callCount: 0,
    attendingSince: null,
    closedAt: null,
    transferredFrom: null,
    requeues: 0,
  };
}
