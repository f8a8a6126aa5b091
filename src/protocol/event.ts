import { z } from 'zod';
import { AgentId, EventId, ServiceId, TicketId, TopicId } from './ids.ts';
import { Instant } from './instant.ts';
import { ContactField } from './contact.ts';
import { QueueReason } from './queue-reason.ts';
import { TicketOrigin, TicketOutcome } from './ticket.ts';

/** What happened to a ticket. Append-only: the timeline, the reports and the change log are made of these. */
export const TicketFact = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ticket.created'), origin: TicketOrigin, serviceId: ServiceId }),
  z.object({
    type: z.literal('ticket.called'),
    moduleName: z.string().nullable(),
    attempt: z.int().positive(),
    isAutomatic: z.boolean(),
    reasons: z.array(QueueReason),
  }),
  z.object({ type: z.literal('ticket.recalled'), moduleName: z.string().nullable(), attempt: z.int().positive() }),
  z.object({ type: z.literal('ticket.attended'), moduleName: z.string().nullable() }),
  z.object({
    type: z.literal('ticket.returned'),
    cause: z.enum(['noAnswer', 'notAcknowledged', 'deskSilent', 'signedOut', 'supervisor']),
  }),
  z.object({ type: z.literal('ticket.requeued') }),
  z.object({
    type: z.literal('ticket.transferred'),
    from: ServiceId,
    to: ServiceId,
    comment: z.string(),
  }),
  z.object({ type: z.literal('ticket.closed'), outcome: TicketOutcome }),
  z.object({ type: z.literal('ticket.freed'), reason: z.string() }),
  z.object({ type: z.literal('attention.superseded'), outcome: TicketOutcome }),
  z.object({ type: z.literal('note.added'), text: z.string() }),
  z.object({ type: z.literal('topics.chosen'), topicIds: z.array(TopicId) }),
  z.object({ type: z.literal('contact.linked') }),
  z.object({ type: z.literal('guestLink.created') }),
  z.object({ type: z.literal('guestLink.revoked') }),
  z.object({ type: z.literal('guest.entered') }),
  z.object({ type: z.literal('contact.edited'), fields: z.array(ContactField) }),
]);
export type TicketFact = z.infer<typeof TicketFact>;

/** One line of a ticket's timeline. `occurredAt` is when it happened, `receivedAt` when the server learnt of it. */
export const TicketEvent = z.object({
  id: EventId,
  ticketId: TicketId,
  occurredAt: Instant,
  receivedAt: Instant,
  /** The desk's clock could not be believed; `receivedAt` holds. */
  isSuspect: z.boolean(),
  agentId: AgentId.nullable(),
  agentName: z.string().nullable(),
  fact: TicketFact,
});
export type TicketEvent = z.infer<typeof TicketEvent>;
