import type { Fact } from '../../bridge/contract.ts';
import type { TicketView, TimelineLine, WaitingRow } from '../../bridge/facts.ts';
import { formatTurnCode } from '../../domain/turn-code/turn-code.ts';
import { sampleId } from '../../domain/testing/sample-ids.ts';
import type { Contact } from '../../protocol/contact.ts';
import type { TicketEvent, TicketFact } from '../../protocol/event.ts';
import {
  AgentId,
  AttentionId,
  BranchId,
  CommandId,
  ContactId,
  DepartmentId,
  EventId,
  ModuleId,
  ServiceId,
  TicketId,
  TopicId,
} from '../../protocol/ids.ts';
import type { Service } from '../../protocol/office.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';

const MINUTE = 60_000;

/** 23 July 2026 in Bogotá, at this hour. */
export const at = (hour: number, minute = 0, second = 0): number => Date.UTC(2026, 6, 23, hour + 5, minute, second);
/** What the screen's clock shows in tests and pictures. */
export const NOW = at(10, 49, 3);

export const branchId = sampleId(BranchId, 1);
export const moduleId = sampleId(ModuleId, 2);
export const ana = sampleId(AgentId, 3);
export const caja = sampleId(ServiceId, 11);
export const reclamos = sampleId(ServiceId, 12);
export const ventas = sampleId(ServiceId, 13);
export const soporte = sampleId(ServiceId, 14);
export const asesoria = sampleId(ServiceId, 15);

const topicNames = [
  'Factura con error',
  'Ajuste de saldo',
  'Cambio de plan',
  'Duplicado de factura',
  'Queja formal',
  'Corte indebido',
];
export const topicIds = topicNames.map((_, index) => sampleId(TopicId, 100 + index));

const service = (id: ServiceId, slug: string, name: string, letter: string, more: Partial<Service> = {}): Service => ({
  id,
  branchId,
  departmentId: sampleId(DepartmentId, 5),
  slug,
  name,
  letter,
  kind: 'counter',
  minutes: 10,
  latenessMinutes: 15,
  topics: topicIds.map((topicId, index) => ({ id: topicId, name: topicNames[index] ?? '' })),
  ...more,
});

export const services: Service[] = [
  service(caja, 'caja', 'Caja', 'C', { topics: [] }),
  service(reclamos, 'reclamos', 'Reclamos', 'R'),
  service(ventas, 'ventas', 'Ventas', 'V'),
  service(soporte, 'soporte', 'Soporte técnico', 'S'),
  service(asesoria, 'asesoria', 'Asesoría virtual', 'A', { kind: 'video' }),
];

const agent = { id: ana, email: 'ana@demo.test', firstName: 'Ana', lastName: 'Morales', role: 'agent' as const };

export const signedOut = (more: Partial<Extract<Fact<'session.changed'>, { state: 'signedOut' }>> = {}) => ({
  state: 'signedOut' as const,
  lastAgentEmail: null,
  cause: 'fresh' as const,
  storeNotice: null,
  ...more,
});

export const changingPassword: Fact<'session.changed'> = { state: 'changingPassword', agent };

export const choosingSeat: Fact<'session.changed'> = {
  state: 'choosingSeat',
  agent,
  companyName: 'Demo Telecom',
  isDemo: true,
  seats: [
    {
      branchId,
      branchName: 'Sucursal Centro',
      modules: [
        {
          id: sampleId(ModuleId, 21),
          name: 'Módulo 1',
          takenBy: { agentId: sampleId(AgentId, 31), name: 'Camila Torres' },
        },
        { id: moduleId, name: 'Módulo 2', takenBy: null },
        {
          id: sampleId(ModuleId, 23),
          name: 'Módulo 3',
          takenBy: { agentId: sampleId(AgentId, 32), name: 'Luis Paredes' },
        },
        { id: sampleId(ModuleId, 24), name: 'Módulo 4', takenBy: null },
      ],
    },
    {
      branchId: sampleId(BranchId, 6),
      branchName: 'Sucursal Norte',
      modules: [{ id: sampleId(ModuleId, 61), name: 'Módulo 1', takenBy: null }],
    },
  ],
};

export const working: Extract<Fact<'session.changed'>, { state: 'working' }> = {
  state: 'working',
  agent,
  companyName: 'Demo Telecom',
  isDemo: true,
  locale: 'es-CO',
  country: 'CO',
  branch: {
    id: branchId,
    slug: 'centro',
    name: 'Sucursal Centro',
    kind: 'office',
    timeZone: 'America/Bogota',
    queueRules: { appointmentWeight: 3, preferenteWeight: 2, maximumCalls: 3, recallPauseSeconds: 15 },
    showsNames: false,
  },
  module: { id: moduleId, branchId, name: 'Módulo 2' },
  services,
  mainServices: [caja, reclamos],
  supportServices: [ventas],
};

export const lineUp: Fact<'line.changed'> = {
  state: 'up',
  since: at(8),
  nextTryAt: null,
  syncedAt: NOW,
  clockOffset: 0,
};
export const lineDown: Fact<'line.changed'> = {
  state: 'down',
  since: at(10, 31, 54),
  nextTryAt: NOW + 20_000,
  syncedAt: at(10, 31, 50),
  clockOffset: 0,
};

export const preferences: Fact<'preferences.changed'> = { theme: 'light', language: 'es', soundVolume: 0.6 };

export const status = (more: Partial<Fact<'status.changed'>['status']> = {}): Fact<'status.changed'> => ({
  status: {
    agentId: ana,
    state: 'online',
    nextState: 'online',
    isManual: false,
    since: at(10, 42, 52),
    cause: 'agent',
    branchId,
    moduleId,
    ...more,
  },
  isPending: false,
});

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

export function waiting(
  rows: readonly WaitingRow[] = waitingRows,
  more: Partial<Fact<'waiting.changed'>> = {},
): Fact<'waiting.changed'> {
  return {
    version: 1,
    count: rows.length,
    next: rows[0] ?? null,
    services: [caja, reclamos, ventas].map((serviceId) => {
      const mine = rows.filter((one) => one.header.serviceId === serviceId);
      return {
        serviceId,
        waiting: mine.length,
        oldestSince: mine.length === 0 ? null : Math.min(...mine.map((one) => one.header.waitingSince)),
      };
    }),
    tabs: { waiting: rows.length, attending: 0, paused: 0, outOfHours: 0 },
    ...more,
  };
}

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

export const current = (
  ticket: TicketView | null,
  more: Partial<Fact<'current.changed'>> = {},
): Fact<'current.changed'> => ({
  ticket,
  recallFrom: NOW + 12_000,
  draft: '',
  ...more,
});

const closed = (
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

export const handled: Fact<'handled.changed'> = {
  tickets: [
    closed(49, 'Patricia Lozano', at(10, 27), at(10, 33, 12)),
    closed(33, 'Alberto Gil Restrepo', at(10, 9), at(10, 21), { serviceId: reclamos, turnCode: 'R-033' }),
    closed(47, 'Sandra Milena Duque', at(10, 12), at(10, 14), { outcome: 'noShow', attendingSince: null }),
    closed(46, 'Wilson Arboleda', at(9, 54), at(10, 2)),
  ],
};

export const shift: Fact<'shift.changed'> = {
  from: at(8, 2),
  segments: [
    { kind: 'attending', from: at(8, 2), until: at(8, 17) },
    { kind: 'online', from: at(8, 17), until: at(8, 22) },
    { kind: 'attending', from: at(8, 22), until: at(8, 45) },
    { kind: 'online', from: at(8, 45), until: at(8, 49) },
    { kind: 'attending', from: at(8, 49), until: at(9, 8) },
    { kind: 'resting', from: at(9, 8), until: at(9, 21) },
    { kind: 'attending', from: at(9, 21), until: at(9, 48) },
    { kind: 'documenting', from: at(9, 48), until: at(9, 55) },
    { kind: 'online', from: at(9, 55), until: at(9, 59) },
    { kind: 'attending', from: at(9, 59), until: at(10, 27) },
    { kind: 'online', from: at(10, 27), until: at(10, 34) },
    { kind: 'attending', from: at(10, 34), until: at(10, 46) },
    { kind: 'online', from: at(10, 46), until: null },
  ],
};

export const noOutbox: Fact<'outbox.changed'> = { pending: [], refused: [] };

const estebans = { ticketId: sampleId(TicketId, 1_035), turnCode: 'R-035', name: 'Esteban Quiroga' };

export const fullOutbox: Fact<'outbox.changed'> = {
  refused: [
    {
      id: sampleId(CommandId, 81),
      at: at(10, 30),
      subject: { ticketId: mariasAppointment.id, turnCode: 'R-034', name: 'María Fernanda Ospina' },
      act: { type: 'note.add', ticketId: mariasAppointment.id, text: 'Apague el equipo 30 segundos y enciéndalo.' },
      error: {
        code: 'NOT_FOUND',
        title: 'No se encontró, o no está a su alcance.',
        retryable: false,
        requestId: 'r-7',
      },
    },
  ],
  pending: [
    {
      id: sampleId(CommandId, 82),
      at: at(10, 40),
      subject: { ...estebans, turnCode: 'C-053' },
      act: { type: 'attention.finish', ticketId: estebans.ticketId },
    },
    {
      id: sampleId(CommandId, 83),
      at: at(10, 38),
      subject: { ...estebans, turnCode: 'C-053' },
      act: { type: 'note.add', ticketId: estebans.ticketId, text: 'Paga con tarjeta; se imprime recibo.' },
    },
    {
      id: sampleId(CommandId, 84),
      at: at(10, 37),
      subject: { ticketId: null, turnCode: null, name: 'Jorge Luis Cárdenas' },
      act: {
        type: 'contact.edit',
        ticketId: estebans.ticketId,
        contactId: contact.id,
        changes: { phone: { from: null, to: '+57 312 555 0119' } },
      },
    },
    {
      id: sampleId(CommandId, 85),
      at: at(10, 35),
      subject: { ticketId: null, turnCode: null, name: null },
      act: { type: 'status.chooseNext', state: 'lunch' },
    },
  ],
};
