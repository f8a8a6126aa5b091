import type { TicketEvent, TicketFact } from '../../protocol/event.ts';
import type { AttentionId, CommandId, TicketId } from '../../protocol/ids.ts';
import type { TicketContent } from '../../protocol/ticket-content.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { eventIdOf } from '../ticket/event-id-of.ts';
import type { DeskView, PendingMark } from './desk-view.ts';
import type { PendingCommand } from './pending-command.ts';

/** The copy of a view that the pending commands are worked into. */
export interface Draft {
  headers: Map<TicketId, TicketHeader>;
  contents: Map<TicketId, TicketContent>;
  status: DeskView['status'];
  marks: Map<string, PendingMark>;
}

export function draftOf(view: DeskView): Draft {
  return {
    headers: new Map(view.headers),
    contents: new Map(view.contents),
    status: view.status,
    marks: new Map(view.marks.map((each) => [markKey(each), each])),
  };
}

/** Adds a line to the timeline of a ticket whose content is here, once. */
export function addEvent(
  draft: Draft,
  { command, actedAt, authorName }: PendingCommand,
  ticketId: TicketId,
  fact: TicketFact,
  cause: CommandId | AttentionId = command.id,
): void {
  const content = draft.contents.get(ticketId);
  if (!content || hasEvent(content, cause)) return;
  const event: TicketEvent = {
    id: eventIdOf(cause),
    ticketId,
    occurredAt: actedAt,
    receivedAt: actedAt,
    isSuspect: false,
    agentId: command.authorId,
    agentName: authorName,
    fact,
  };
  draft.contents.set(ticketId, { ...content, events: [...content.events, event] });
  mark(draft, { type: 'event', commandId: command.id, ticketId, eventId: event.id });
}

export function hasEvent(content: TicketContent, cause: CommandId | AttentionId): boolean {
  return content.events.some(({ id }) => id === eventIdOf(cause));
}

/** One mark for one thing: the latest command that touches it [PD2]. */
export function mark(draft: Draft, pendingMark: PendingMark): void {
  draft.marks.set(markKey(pendingMark), pendingMark);
}

function markKey(pendingMark: PendingMark): string {
  switch (pendingMark.type) {
    case 'ticket':
    case 'topics':
    case 'customer':
      return `${pendingMark.type} ${pendingMark.ticketId}`;
    case 'message':
      return `message ${pendingMark.messageId}`;
    case 'event':
      return `event ${pendingMark.eventId}`;
    case 'contactField':
      return `contactField ${pendingMark.contactId} ${pendingMark.field}`;
    case 'status':
      return `status ${pendingMark.field}`;
  }
}
