import type { AgentStatus } from '../../protocol/agent-status.ts';
import type { ContactField } from '../../protocol/contact.ts';
import type { CommandId, ContactId, EventId, MessageId, TicketId } from '../../protocol/ids.ts';
import type { TicketContent } from '../../protocol/ticket-content.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';

/** One thing on the screen that is ahead of the server: "Por enviar", by the command that will carry it. */
export type PendingMark =
  /** The state of the ticket: made or finished here. */
  | { type: 'ticket'; commandId: CommandId; ticketId: TicketId }
  /** A line of its timeline. */
  | { type: 'event'; commandId: CommandId; ticketId: TicketId; eventId: EventId }
  | { type: 'topics'; commandId: CommandId; ticketId: TicketId }
  /** A line of its chat. */
  | { type: 'message'; commandId: CommandId; ticketId: TicketId; messageId: MessageId }
  /** Whose ticket it is. */
  | { type: 'customer'; commandId: CommandId; ticketId: TicketId }
  | { type: 'contactField'; commandId: CommandId; contactId: ContactId; field: ContactField }
  | { type: 'status'; commandId: CommandId; field: 'state' | 'nextState' | 'isManual' };

/** What a desk shows: cache rows, and over them what its pending commands add. */
export interface DeskView {
  headers: ReadonlyMap<TicketId, TicketHeader>;
  contents: ReadonlyMap<TicketId, TicketContent>;
  /** The agent's own; null before the first status has come. */
  status: AgentStatus | null;
  /** Empty for cache rows alone. */
  marks: readonly PendingMark[];
}
