import { z } from 'zod';
import { AgentId, BranchId, CompanyId, DepartmentId, ModuleId, ServiceId, TopicId } from './ids.ts';
import { Terms } from './video/consent.ts';

export const Topic = z.object({ id: TopicId, name: z.string() });
export type Topic = z.infer<typeof Topic>;

export const ServiceKind = z.enum(['counter', 'video']);
export type ServiceKind = z.infer<typeof ServiceKind>;

export const Service = z.object({
  id: ServiceId,
  branchId: BranchId,
  departmentId: DepartmentId,
  slug: z.string(),
  name: z.string(),
  letter: z.string().regex(/^[A-Z]$/),
  kind: ServiceKind,
  /** Of the counter: whoever waits may pass to the video and back. Absent for false. */
  isAlsoVideo: z.boolean().optional(),
  /** Minutes that one attention is expected to take: the goal shown and the guess while history is short. */
  minutes: z.int().positive(),
  /** Minutes after its hour during which an appointment keeps its weight. */
  latenessMinutes: z.int().nonnegative(),
  topics: z.array(Topic),
});
export type Service = z.infer<typeof Service>;

export const Department = z.object({ id: DepartmentId, branchId: BranchId, name: z.string() });
export type Department = z.infer<typeof Department>;

export const Module = z.object({ id: ModuleId, branchId: BranchId, name: z.string() });
export type Module = z.infer<typeof Module>;

/** Weights and limits of the order of service (design.md, Words). */
export const QueueRules = z.object({
  appointmentWeight: z.number().positive(),
  preferenteWeight: z.number().positive(),
  maximumCalls: z.int().positive(),
  recallPauseSeconds: z.int().nonnegative(),
});
export type QueueRules = z.infer<typeof QueueRules>;

export const Branch = z.object({
  id: BranchId,
  slug: z.string(),
  name: z.string(),
  kind: z.enum(['office', 'remote']),
  timeZone: z.string(),
  queueRules: QueueRules,
  /** Whether the display says "María O." or the code alone (trust T21). */
  showsNames: z.boolean(),
});
export type Branch = z.infer<typeof Branch>;

export const AgentRole = z.enum(['agent', 'supervisor', 'admin']);
export type AgentRole = z.infer<typeof AgentRole>;

/** An agent as colleagues see them. */
export const Colleague = z.object({
  id: AgentId,
  name: z.string(),
  role: AgentRole,
  mainServices: z.array(ServiceId),
  supportServices: z.array(ServiceId),
});
export type Colleague = z.infer<typeof Colleague>;

/** The configuration of a company, as the `company` stream carries it. */
export const Office = z.object({
  companyId: CompanyId,
  companyName: z.string(),
  companySlug: z.string(),
  /** BCP 47, for formats: es-CO, es-AR, pt-BR … */
  locale: z.string(),
  /** ISO 3166-1 alpha-2, for phones and documents. */
  country: z.string(),
  isDemo: z.boolean(),
  branches: z.array(Branch),
  departments: z.array(Department),
  services: z.array(Service),
  modules: z.array(Module),
  agents: z.array(Colleague),
  /** Templates of terms and conditions. Absent for none. */
  terms: z.array(Terms).optional(),
});
export type Office = z.infer<typeof Office>;
