import type { AgentStatus } from '../../protocol/agent-status.ts';
import type {
  AgentId,
  BranchId,
  CompanyId,
  DepartmentId,
  ModuleId,
  ServiceId,
  SessionId,
  TicketId,
} from '../../protocol/ids.ts';
import type { Office } from '../../protocol/office.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';

/** A UUID that says what it is and which: `idOf('a', 1)`. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says whose id it is
export function idOf<Id extends string>(kind: string, number: number): Id {
  const tail = `${kind}${number.toString(16).padStart(12 - kind.length, '0')}`;
  return `01900000-0000-7000-8000-${tail}` as Id;
}

export const company = idOf<CompanyId>('c', 1);
export const branch = idOf<BranchId>('b', 1);
export const ana = idOf<AgentId>('a', 1);
export const luis = idOf<AgentId>('a', 2);
export const caja = idOf<ServiceId>('e', 1);
export const reclamos = idOf<ServiceId>('e', 2);
export const ventas = idOf<ServiceId>('e', 3);
export const video = idOf<ServiceId>('e', 4);
export const moduleOne = idOf<ModuleId>('d', 1);
export const moduleTwo = idOf<ModuleId>('d', 2);
export const sessionOne = idOf<SessionId>('5e', 1);
export const PASSWORD = 'clave-de-prueba-1';

const department = idOf<DepartmentId>('f', 1);

const service = (id: ServiceId, name: string, letter: string, kind: 'counter' | 'video' = 'counter') => ({
  id,
  branchId: branch,
  departmentId: department,
  slug: name.toLowerCase(),
  name,
  letter,
  kind,
  minutes: 10,
  latenessMinutes: 15,
  topics: [],
});

/** Sucursal Centro of a company with two agents: Ana (Caja, Reclamos, Asesoría; support Ventas) and Luis (Caja). */
export function fakeOffice(): Office {
  return {
    companyId: company,
    companyName: 'Demo Telecom',
    companySlug: 'demo',
    locale: 'es-CO',
    country: 'CO',
    isDemo: true,
    branches: [
      {
        id: branch,
        slug: 'centro',
        name: 'Sucursal Centro',
        kind: 'office',
        timeZone: 'America/Bogota',
        queueRules: { appointmentWeight: 3, preferenteWeight: 2, maximumCalls: 3, recallPauseSeconds: 15 },
        showsNames: false,
      },
    ],
    departments: [{ id: department, branchId: branch, name: 'Atención' }],
    services: [
      service(caja, 'Caja', 'C'),
      service(reclamos, 'Reclamos', 'R'),
      service(ventas, 'Ventas', 'V'),
      service(video, 'Asesoría virtual', 'A', 'video'),
    ],
    modules: [
      { id: moduleOne, branchId: branch, name: 'Módulo 1' },
      { id: moduleTwo, branchId: branch, name: 'Módulo 2' },
    ],
    agents: [
      { id: ana, name: 'Ana Ruiz', role: 'agent', mainServices: [caja, reclamos, video], supportServices: [ventas] },
      { id: luis, name: 'Luis Paz', role: 'agent', mainServices: [caja], supportServices: [] },
    ],
  };
}

export function fakeStatus(agentId: AgentId, at: number): AgentStatus {
  return {
    agentId,
    state: 'offline',
    nextState: 'online',
    isManual: false,
    since: at,
    cause: 'signIn',
    branchId: branch,
    moduleId: moduleOne,
  };
}

/** A ticket that waits for Caja. */
export function fakeTicket(number: number, at: number, more: Partial<TicketHeader> = {}): TicketHeader {
  return {
    id: idOf<TicketId>('7', number),
    branchId: branch,
    serviceId: caja,
    number,
    turnCode: `C-${String(number).padStart(3, '0')}`,
    businessDay: '2026-11-22',
    kind: 'turn',
    state: 'waiting',
    outcome: null,
    priority: 'normal',
    origin: 'kiosk',
    holder: null,
    epoch: 0,
    displayName: 'María Ortiz',
    documentType: 'CC',
    documentLast4: '4321',
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
    ...more,
  };
}
