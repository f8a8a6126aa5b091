import { z } from 'zod';
import { AgentStatus } from './agent-status.ts';
import { AgentId, BranchId, ModuleId, TicketId } from './ids.ts';
import { Office } from './office.ts';
import { TicketContent } from './ticket-content.ts';
import { TicketHeader } from './ticket.ts';
import { TicketEvent } from './event.ts';

/** `company`, `branch:<id>` or `agent:<id>`; each has its own gapless `seq` (design.md, Sync). */
export const StreamName = z.string().regex(/^(company|branch|agent):[0-9a-f-]{36}$/);
export type StreamName = z.infer<typeof StreamName>;

/** Who sits at a module of the branch now. */
export const ModuleSeat = z.object({
  moduleId: ModuleId,
  branchId: BranchId,
  agentId: AgentId.nullable(),
  agentName: z.string().nullable(),
  /** False while the desk at the module is silent. */
  isConnected: z.boolean(),
});
export type ModuleSeat = z.infer<typeof ModuleSeat>;

/** What a change says. A desk ignores a type that it does not know yet. */
export const ChangeBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('office.put'), office: Office }),
  z.object({ type: z.literal('ticket.put'), header: TicketHeader }),
  z.object({ type: z.literal('seat.put'), seat: ModuleSeat }),
  z.object({ type: z.literal('status.put'), status: AgentStatus }),
  z.object({ type: z.literal('content.put'), content: TicketContent }),
  /** The timeline of a ticket whose content this stream carries grew. */
  z.object({ type: z.literal('event.added'), event: TicketEvent }),
  z.object({ type: z.literal('content.gone'), ticketId: TicketId }),
]);
export type ChangeBody = z.infer<typeof ChangeBody>;

export const Change = z.object({ seq: z.int().positive(), body: ChangeBody });
export type Change = z.infer<typeof Change>;
