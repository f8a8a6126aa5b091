import type { HeldRow, TicketView, TimelineLine, WaitingRow } from '../../bridge/facts.ts';
import { sampleId } from '../../domain/testing/sample-ids.ts';
import { formatTurnCode } from '../../domain/turn-code/turn-code.ts';
import type { Contact } from '../../protocol/contact.ts';
import type { TicketEvent, TicketFact } from '../../protocol/event.ts';
import { AgentId, AttentionId, ContactId, EventId, ModuleId, TicketId } from '../../protocol/ids.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { at, NOW, branchId, moduleId, ana, caja, reclamos, ventas, topicIds } from './sample-office.ts';

const MINUTE = 60_000;

/** A waiting turn for Caja; its number is its place among the samples. */
export const header = (number: number, more: Partial<TicketHeader> = {}): TicketHeader => ({
  id: sampleId(TicketId, 1_000 + number),
  branchId,
  serviceId: caja,
  number: 41_200 + number,
  turnCode: formatTurnCode('C', number),
  businessDay: '2026-07-23',
  kind: 'turn',
  state: 'waiting',
  outcome: null,
  priority: 'normal',
  origin: 'kiosk',
  holder: null,
  epoch: 0,
  displayName: 'Jorge Luis Cárdenas',
  documentType: 'CC',
  documentLast4: '3210',
  createdAt: NOW - 21 * MINUTE,
  waitingSince: NOW - 21 * MINUTE,
  appointmentAt: null,
  checkedInAt: null,
  calledAt: null,
  lastCalledAt: null,
  callCount: 0,
  attendingSince: null,
  closedAt: null,
  transferredFrom: null,
  requeues: 0,
  ...more,
});

const waited = (minutes: number) => ({ createdAt: NOW - minutes * MINUTE, waitingSince: NOW - minutes * MINUTE });

export const mariasAppointment = header(34, {
  serviceId: reclamos,
  turnCode: 'R-034',
  kind: 'appointment',
  displayName: 'María Fernanda Ospina',
  documentLast4: '8903',
  createdAt: at(10, 26),
  waitingSince: at(10, 26),
  checkedInAt: at(10, 26),
  appointmentAt: at(10, 30),
});

const row = (one: TicketHeader, reasons: WaitingRow['reasons'] = [{ type: 'mainService' }]): WaitingRow => ({
  header: one,
  reasons,
  isMain: one.serviceId !== ventas,
});

export const waitingRows: WaitingRow[] = [
  row(header(51), [{ type: 'mainService' }, { type: 'waited', minutes: 21 }]),
  row(
    header(52, {
      displayName: 'Carmen Julia Ayala',
      documentType: 'CE',
      documentLast4: '8107',
      priority: 'preferente',
      ...waited(18),
    }),
    [{ type: 'mainService' }, { type: 'preferente' }, { type: 'waited', minutes: 18 }],
  ),
  row(
    header(35, {
      serviceId: reclamos,
      turnCode: 'R-035',
      displayName: 'Esteban Quiroga',
      documentLast4: '4318',
      ...waited(17),
    }),
  ),
  row(header(53, { displayName: null, documentType: null, documentLast4: null, ...waited(9) })),
  row(
    header(19, {
      serviceId: ventas,
      turnCode: 'V-019',
      displayName: 'Diego Sepúlveda',
      documentLast4: '0097',
      ...waited(6),
    }),
    [{ type: 'supportService' }, { type: 'waited', minutes: 6 }],
  ),
  row(header(54, { displayName: 'Ramiro Cuesta', documentLast4: '1204', ...waited(3) })),
];

const appointmentRow = row(mariasAppointment, [
  { type: 'appointment', at: at(10, 30), lateMinutes: 12 },
  { type: 'mainService' },
  { type: 'waited', minutes: 19 },
]);

export const waitingWithAppointment = [appointmentRow, ...waitingRows];

export const contact: Contact = {
  id: sampleId(ContactId, 41),
  version: 3,
  documentType: 'CC',
  documentNumber: '52418903',
  firstName: 'María Fernanda',
  lastName: 'Ospina Gil',
  phone: '+573105550142',
  email: 'mfospina@correo.co',
  createdAt: Date.UTC(2023, 2, 14, 15),
  updatedAt: at(10, 36),
  updatedByName: 'Ana Morales',
};

let events = 0;
export function line(
  occurredAt: number,
  fact: TicketFact,
  more: Partial<TicketEvent> & { isPending?: boolean } = {},
): TimelineLine {
  const { isPending = false, ...event } = more;
  events += 1;
  return {
    isPending,
    event: {
      id: sampleId(EventId, events),
      ticketId: mariasAppointment.id,
      occurredAt,
      receivedAt: occurredAt,
      isSuspect: false,
      agentId: ana,
      agentName: 'Ana Morales',
      fact,
      ...event,
    },
  };
}

const reasons = appointmentRow.reasons;
const born = line(
  at(10, 26),
  { type: 'ticket.created', origin: 'kiosk', serviceId: reclamos },
  { agentName: null, agentId: null },
);
const called = line(at(10, 42, 12), {
  type: 'ticket.called',
  moduleName: 'Módulo 2',
  attempt: 1,
  isAutomatic: true,
  reasons,
});
const holder = {
  agentId: ana,
  agentName: 'Ana Morales',
  moduleId,
  attentionId: sampleId(AttentionId, 71),
  epoch: 1,
};

export const callingTicket: TicketView = {
  header: {
    ...mariasAppointment,
    state: 'calling',
    holder,
    epoch: 1,
    calledAt: NOW - 18_000,
    lastCalledAt: NOW - 18_000,
    callCount: 1,
  },
  reasons,
  contact,
  topicIds: [],
  timeline: [born, called],
  files: [],
  pendingFields: [],
  isPending: false,
};

export const attendingTicket: TicketView = {
  ...callingTicket,
  header: {
    ...callingTicket.header,
    state: 'attending',
    calledAt: at(10, 42, 12),
    lastCalledAt: at(10, 42, 12),
    attendingSince: at(10, 42, 26),
  },
  topicIds: topicIds.slice(0, 2),
  timeline: [
    born,
    called,
    line(at(10, 42, 26), { type: 'ticket.attended', moduleName: 'Módulo 2' }),
    line(at(10, 44), { type: 'note.added', text: 'Trae factura impresa y comprobante de pago de junio.' }),
  ],
};

const heldBy = (
  number: number,
  agentId: AgentId,
  agentName: string,
  more: Partial<TicketHeader>,
): HeldRow['header'] => ({
  ...header(number, { state: 'attending', epoch: 1, callCount: 1, ...more }),
  holder: {
    agentId,
    agentName,
    moduleId: sampleId(ModuleId, number),
    attentionId: sampleId(AttentionId, 700 + number),
    epoch: 1,
  },
});

/** In attention in the branch: by Camila, whose desk is silent, by Luis, and by Ana herself. */
export const heldRows: HeldRow[] = [
  {
    header: heldBy(48, sampleId(AgentId, 31), 'Camila Torres', {
      displayName: 'Hernán Villamizar',
      documentLast4: '7741',
      attendingSince: at(10, 21),
    }),
    since: at(10, 21),
    moduleName: 'Módulo 1',
    silentSince: at(10, 42),
  },
  {
    header: heldBy(36, sampleId(AgentId, 32), 'Luis Paredes', {
      serviceId: reclamos,
      turnCode: 'R-036',
      displayName: null,
      documentType: null,
      documentLast4: null,
      state: 'calling',
      lastCalledAt: at(10, 46),
    }),
    since: at(10, 46),
    moduleName: 'Módulo 3',
    silentSince: null,
  },
  {
    header: heldBy(50, ana, 'Ana Morales', { displayName: 'Rosa Elena Mejía', attendingSince: at(10, 47, 30) }),
    since: at(10, 47, 30),
    moduleName: 'Módulo 2',
    silentSince: null,
  },
];

/** A ticket that Ana attended from one instant to another. */
export const closed = (
  number: number,
  name: string,
  from: number,
  until: number,
  more: Partial<TicketHeader> = {},
): TicketHeader =>
  header(number, {
    displayName: name,
    state: 'closed',
    outcome: 'finished',
    calledAt: from,
    attendingSince: from,
    closedAt: until,
    callCount: 1,
    epoch: 1,
    ...more,
  });
