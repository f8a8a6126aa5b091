import { z } from 'zod';
import { AgentStatus } from './agent-status.ts';
import { SharedFile } from './files/shared-file.ts';
import { AgentId, BranchId, ModuleId, TicketId } from './ids.ts';
import { Instant } from './instant.ts';
import { Office } from './office.ts';
import { TicketContent } from './ticket-content.ts';
import { TicketHeader } from './ticket.ts';
import { TicketEvent } from './event.ts';
import { Consent } from './video/consent.ts';
import { Message, MessagesRead } from './video/message.ts';
import { TransferOffer } from './video/transfer-offer.ts';

/** `company`, `branch:<id>` or `agent:<id>`; each has its own gapless `seq` (design.md, Sync). */
export const StreamName = z.string().regex(/^(company|branch|agent):[0-9a-f-]{36}$/);
export type StreamName = z.infer<typeof StreamName>;

/** Where an agent sits in the branch, and whether their desk is there. Told of those who sit in it or hold a ticket of it. */
export const Presence = z.object({
  branchId: BranchId,
  agentId: AgentId,
  agentName: z.string(),
  /** Null for who sits nowhere in the branch any more. */
  moduleId: ModuleId.nullable(),
  /** Last instant at which their desk was known to be there; null while it is. */
  silentSince: Instant.nullable(),
});
export type Presence = z.infer<typeof Presence>;

/** What a change says. A desk ignores a type that it does not know yet. */
export const ChangeBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('office.put'), office: Office }),
  z.object({ type: z.literal('ticket.put'), header: TicketHeader }),
  z.object({ type: z.literal('presence.put'), presence: Presence }),
  z.object({ type: z.literal('status.put'), status: AgentStatus }),
  z.object({ type: z.literal('content.put'), content: TicketContent }),
  /** The timeline of a ticket whose content this stream carries grew. */
  z.object({ type: z.literal('event.added'), event: TicketEvent }),
  z.object({ type: z.literal('content.gone'), ticketId: TicketId }),
  /** An asking of a ticket whose content this stream carries is new, or has moved. */
  z.object({ type: z.literal('consent.put'), consent: Consent }),
  /** A file was shared in a ticket whose content this stream carries. */
  z.object({ type: z.literal('file.put'), file: SharedFile }),
  /** The chat of a ticket whose content this stream carries grew. */
  z.object({ type: z.literal('message.put'), message: Message }),
  z.object({ type: z.literal('messages.read'), ticketId: TicketId, read: MessagesRead }),
  /** An offer of this agent, or to them, as it stands now. Desks keep none: those that are open are told anew on connecting. */
  z.object({ type: z.literal('transfer.put'), offer: TransferOffer }),
]);
export type ChangeBody = z.infer<typeof ChangeBody>;

export const Change = z.object({ seq: z.int().positive(), body: ChangeBody });
export type Change = z.infer<typeof Change>;
