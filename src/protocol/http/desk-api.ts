import { z } from 'zod';
import { AgentCommand, CommandResult } from '../commands/agent-command.ts';
import { ContactMatch, SearchText } from '../contact.ts';
import { AgentId, BranchId, DeviceId, ModuleId, ServiceId, SessionId } from '../ids.ts';
import { Instant } from '../instant.ts';
import { NumberBlock } from '../number-block.ts';
import { AgentRole } from '../office.ts';
import { optionalText, requiredText } from '../text.ts';

/**
 * POST /v1/sessions. With `Authorization: Device <id>.<secret>` from an enrolled desk; without it the answer enrols this
 * desk and carries its key, once.
 */
export const SignIn = z.strictObject({
  email: optionalText(254),
  password: z.string().max(256),
  deskName: requiredText(80),
});
export type SignIn = z.infer<typeof SignIn>;

export const SeatChoice = z.object({
  branchId: BranchId,
  branchName: z.string(),
  modules: z.array(
    z.object({ id: ModuleId, name: z.string(), takenBy: z.object({ agentId: AgentId, name: z.string() }).nullable() }),
  ),
});
export type SeatChoice = z.infer<typeof SeatChoice>;

export const SignedIn = z.object({
  sessionId: SessionId,
  /** Bearer token of the session; lives `expiresAt` at most (12 h). */
  sessionToken: z.string(),
  expiresAt: Instant,
  agent: z.object({
    id: AgentId,
    email: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    role: AgentRole,
    mustChangePassword: z.boolean(),
  }),
  companyName: z.string(),
  isDemo: z.boolean(),
  /** Branches where this agent may sit; the agent's own first. */
  seats: z.array(SeatChoice),
  /** Key of a desk just enrolled, never sent again. */
  device: z.object({ id: DeviceId, secret: z.string() }).nullable(),
});
export type SignedIn = z.infer<typeof SignedIn>;

/** POST /v1/sessions/current/seat → 204. 409 MODULE_TAKEN names who sits there. */
export const TakeSeat = z.strictObject({ branchId: BranchId, moduleId: ModuleId });
export type TakeSeat = z.infer<typeof TakeSeat>;

/** POST /v1/sessions/current/password → 204; ends the agent's other sessions. */
export const ChangePassword = z.strictObject({
  current: z.string().max(256),
  next: z.string().min(1).max(256),
});
export type ChangePassword = z.infer<typeof ChangePassword>;

/** POST /v1/sessions/current/socket-tickets → 201: one use, 30 s. */
export const SocketTicket = z.object({ ticket: z.string() });
export type SocketTicket = z.infer<typeof SocketTicket>;

/** POST /v1/desk/commands, under `Authorization: Device <id>.<secret>`; answers in the order of the commands. */
export const DeliverCommands = z.strictObject({ commands: z.array(AgentCommand).min(1).max(250) });
export type DeliverCommands = z.infer<typeof DeliverCommands>;
export const CommandResults = z.object({ serverTime: Instant, results: z.array(CommandResult) });
export type CommandResults = z.infer<typeof CommandResults>;

/** POST /v1/desk/blocks: tops up the numbers reserved to this desk for its branch and business day. */
export const ReserveBlocks = z.strictObject({
  services: z.array(z.strictObject({ serviceId: ServiceId, count: z.int().positive().max(20) })).max(100),
});
export type ReserveBlocks = z.infer<typeof ReserveBlocks>;
export const ReservedBlocks = z.object({ blocks: z.array(NumberBlock) });
export type ReservedBlocks = z.infer<typeof ReservedBlocks>;

/** GET /v1/desk/contacts?search= → at most 20, by name (without accents) or document. Audited. */
export const ContactSearch = z.strictObject({ search: SearchText });
export type ContactSearch = z.infer<typeof ContactSearch>;
export const ContactMatches = z.object({ matches: z.array(ContactMatch) });
export type ContactMatches = z.infer<typeof ContactMatches>;
