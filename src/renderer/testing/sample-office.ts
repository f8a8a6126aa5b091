import type { Fact } from '../../bridge/contract.ts';
import { sampleId } from '../../domain/testing/sample-ids.ts';
import { AgentId, BranchId, DepartmentId, ModuleId, ServiceId, TopicId } from '../../protocol/ids.ts';
import type { Service } from '../../protocol/office.ts';

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

export const supervisor = {
  id: sampleId(AgentId, 4),
  email: 'sofia@demo.test',
  firstName: 'Sofía',
  lastName: 'Duarte',
  role: 'supervisor' as const,
};

export const signedOut = (more: Partial<Extract<Fact<'session.changed'>, { state: 'signedOut' }>> = {}) => ({
  state: 'signedOut' as const,
  lastAgentEmails: [],
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
