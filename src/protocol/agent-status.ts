import { z } from 'zod';
import { AgentId, BranchId, ModuleId } from './ids.ts';
import { Instant } from './instant.ts';

/** The five states of the advisor's document (S2-04): En línea, Fuera de línea, Descansando, Almorzando, Documentando. */
export const AgentState = z.enum(['online', 'offline', 'resting', 'lunch', 'documenting']);
export type AgentState = z.infer<typeof AgentState>;

/** Who or what changed a state. */
export const StatusCause = z.enum([
  'agent',
  'nextState',
  'noAnswer',
  'idle',
  'lock',
  'network',
  'supervisor',
  'crash',
  'signIn',
  'signOut',
]);
export type StatusCause = z.infer<typeof StatusCause>;

export const AgentStatus = z.object({
  agentId: AgentId,
  state: AgentState,
  /** Applied when the attention in hand ends, then back to `online` (design.md, Words). */
  nextState: AgentState,
  isManual: z.boolean(),
  since: Instant,
  cause: StatusCause,
  branchId: BranchId.nullable(),
  moduleId: ModuleId.nullable(),
});
export type AgentStatus = z.infer<typeof AgentStatus>;
