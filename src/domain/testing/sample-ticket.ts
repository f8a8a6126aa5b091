import { AgentId, AttentionId, BranchId, DepartmentId, ModuleId, ServiceId, TicketId } from '../../protocol/ids.ts';
import type { QueueRules, Service } from '../../protocol/office.ts';
import type { Holder, TicketHeader } from '../../protocol/ticket.ts';
import { noHeaderNames } from '../names/header-names.ts';
import { newTicket } from '../ticket/new-ticket.ts';
import { formatTurnCode } from '../turn-code/turn-code.ts';
import { sampleId } from './sample-ids.ts';

export const MINUTE = 60_000;
/** 2026-03-04, 09:00 in Bogotá. */
export const NINE = Date.UTC(2026, 2, 4, 14, 0);

export const branchId = sampleId(BranchId, 900);
export const caja = sampleId(ServiceId, 1);
export const reclamos = sampleId(ServiceId, 2);
export const ventas = sampleId(ServiceId, 3);
export const ana = sampleId(AgentId, 51);
export const luis = sampleId(AgentId, 52);

export const rules: QueueRules = { appointmentWeight: 3, preferenteWeight: 2, maximumCalls: 3, recallPauseSeconds: 15 };

export const services: Service[] = [
  sampleService(caja, 'caja', 'Caja', 'C'),
  sampleService(reclamos, 'reclamos', 'Reclamos', 'R'),
  sampleService(ventas, 'ventas', 'Ventas', 'V'),
];

function sampleService(id: ServiceId, slug: string, name: string, letter: string): Service {
  const departmentId = sampleId(DepartmentId, 910);
  return {
    id,
    branchId,
    departmentId,
    slug,
    name,
    letter,
    kind: 'counter',
    minutes: 5,
    latenessMinutes: 15,
    topics: [],
  };
}

/** A turn for Caja made at the kiosk at nine; its number is its place among the samples. */
export function sampleTicket(number: number, overrides: Partial<TicketHeader> = {}): TicketHeader {
  const at = overrides.createdAt ?? NINE;
  const ticket = newTicket(
    {
      id: sampleId(TicketId, 1000 + number),
      branchId,
      serviceId: caja,
      number,
      turnCode: formatTurnCode('C', number),
      businessDay: '2026-03-04',
      kind: 'turn',
      priority: 'normal',
      origin: 'kiosk',
      customer: noHeaderNames,
    },
    at,
  );
  return { ...ticket, ...overrides };
}

/** Somebody with an appointment who has checked in. */
export function sampleAppointment(
  number: number,
  appointmentAt: number,
  checkedInAt: number,
  overrides: Partial<TicketHeader> = {},
): TicketHeader {
  return sampleTicket(number, {
    kind: 'appointment',
    createdAt: checkedInAt,
    appointmentAt,
    checkedInAt,
    ...overrides,
  });
}

export function sampleHolder(agentId: AgentId, attention = 1): Omit<Holder, 'epoch'> {
  return {
    agentId,
    agentName: 'Ana Rojas',
    moduleId: sampleId(ModuleId, 700),
    attentionId: sampleId(AttentionId, 2000 + attention),
  };
}
