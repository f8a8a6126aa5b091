import type {
  CurrentFact,
  HandledFact,
  HeldFact,
  OutboxFact,
  StatusFact,
  TicketView,
  WaitingFact,
} from '../../bridge/facts.ts';
import type { DeskView } from '../../domain/pending/desk-view.ts';
import { chatOf } from './chat-of.ts';
import type { AgentId, TicketId } from '../../protocol/ids.ts';
import type { Instant } from '../../protocol/instant.ts';
import type { Office, QueueRules } from '../../protocol/office.ts';
import type { QueueReason } from '../../protocol/queue-reason.ts';
import type { TicketContent } from '../../protocol/ticket-content.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';

/** All that the cache worker tells of one agent's desk. */
export interface DeskFacts {
  office: Office;
  status: StatusFact | null;
  waiting: WaitingFact;
  current: CurrentFact;
  handled: HandledFact;
  held: HeldFact;
  outbox: OutboxFact;
}

/** Null until the agent's first status has come. */
export function statusFact(view: DeskView): StatusFact | null {
  if (view.status === null) return null;
  return { status: view.status, isPending: view.marks.some((mark) => mark.type === 'status') };
}

/** The ticket that the agent calls or attends; at most one (the server sees to it). */
export function currentFact(
  view: DeskView,
  agentId: AgentId,
  rules: QueueRules,
): Omit<CurrentFact, 'draft' | 'writings'> {
  const header = [...view.headers.values()].find(
    (each) => each.holder?.agentId === agentId && (each.state === 'calling' || each.state === 'attending'),
  );
  if (!header) return { ticket: null, recallFrom: null };
  const mayRecall = header.state === 'calling' && header.lastCalledAt !== null && header.callCount < rules.maximumCalls;
  return {
    ticket: ticketView(view, header.id),
    recallFrom: mayRecall ? (header.lastCalledAt ?? 0) + rules.recallPauseSeconds * 1000 : null,
  };
}

export function handledTickets(
  view: DeskView,
  agentId: AgentId,
  cached: readonly TicketHeader[],
): HandledFact['tickets'] {
  const handled = new Map(cached.map((header) => [header.id, view.headers.get(header.id) ?? header]));
  for (const mark of view.marks) {
    const header = mark.type === 'ticket' ? view.headers.get(mark.ticketId) : undefined;
    if (header) handled.set(header.id, header);
  }
  return [...handled.values()]
    .filter((header) => header.state === 'closed' || (header.state !== 'waiting' && header.holder?.agentId === agentId))
    .toSorted((a, b) => lastHandledAt(b) - lastHandledAt(a));
}

function lastHandledAt(header: TicketHeader): Instant {
  return header.closedAt ?? Number.MAX_SAFE_INTEGER;
}

/** Null when the view has no ticket of this id. */
export function ticketView(view: DeskView, id: TicketId): TicketView | null {
  const header = view.headers.get(id);
  if (!header) return null;
  const content = view.contents.get(id);
  const pendingEvents = new Set(
    view.marks.flatMap((mark) => (mark.type === 'event' && mark.ticketId === id ? [mark.eventId] : [])),
  );
  const pendingFields = view.marks.flatMap((mark) =>
    mark.type === 'contactField' && mark.contactId === content?.contact?.id ? [mark.field] : [],
  );
  return {
    header,
    reasons: content ? callReasons(content) : [],
    contact: content?.contact ?? null,
    topicIds: content?.topicIds ?? [],
    timeline: content
      ? content.events
          .toSorted((a, b) => a.occurredAt - b.occurredAt)
          .map((event) => ({ event, isPending: pendingEvents.has(event.id) }))
      : null,
    ...(content?.consents && { consents: content.consents }),
    files: content ? (content.files ?? []) : null,
    ...chatOf(content, view.marks),
    pendingFields,
    isPending: view.marks.some((mark) => 'ticketId' in mark && mark.ticketId === id),
  };
}

/** Why it was called when it was last called. */
function callReasons(content: TicketContent): QueueReason[] {
  const call = content.events.findLast(({ fact }) => fact.type === 'ticket.called');
  return call?.fact.type === 'ticket.called' ? call.fact.reasons : [];
}
