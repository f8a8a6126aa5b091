import { z } from 'zod';
import { AgentId, AttentionId, ConsentId, EventId, FileId, ServiceId, TicketId, TopicId } from './ids.ts';
import { Instant } from './instant.ts';
import { GuestBlockReason } from './commands/guest-commands.ts';
import { ContactField } from './contact.ts';
import { QueueReason } from './queue-reason.ts';
import { TicketOrigin, TicketOutcome, TurnCode } from './ticket.ts';
import { CallReport } from './video/call-report.ts';
import { Folio } from './video/consent.ts';
import { OfferFailure } from './video/transfer-offer.ts';

const ofConsent = { consentId: ConsentId, title: z.string() };

/** To a video: nobody is called to a module. Absent for false. */
const byVideo = { isVideo: z.boolean().optional() };

/** What happened to a ticket. Append-only: the timeline, the reports and the change log are made of these. */
export const TicketFact = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ticket.created'),
    origin: TicketOrigin,
    serviceId: ServiceId,
    /** Number of the ticket in whose place its customer asked for this one. */
    renews: z.int().positive().optional(),
  }),
  z.object({
    type: z.literal('ticket.called'),
    moduleName: z.string().nullable(),
    attempt: z.int().positive(),
    isAutomatic: z.boolean(),
    reasons: z.array(QueueReason),
    ...byVideo,
  }),
  z.object({
    type: z.literal('ticket.recalled'),
    moduleName: z.string().nullable(),
    attempt: z.int().positive(),
    ...byVideo,
  }),
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
  /** Its customer passed to the video, or back to the counter; code, number and place are the same. */
  z.object({ type: z.literal('ticket.hopped'), to: z.enum(['video', 'counter']) }),
  /** Its customer has another one in its place. */
  z.object({ type: z.literal('ticket.renewed'), number: z.int().positive(), turnCode: TurnCode }),
  z.object({ type: z.literal('guestLink.created') }),
  z.object({ type: z.literal('guestLink.revoked') }),
  z.object({ type: z.literal('guest.entered') }),
  /** By the agent of the attention, which ends with it (trust T30). */
  z.object({ type: z.literal('guest.blocked'), reason: GuestBlockReason, comment: z.string() }),
  z.object({ type: z.literal('contact.edited'), fields: z.array(ContactField) }),
  z.object({ type: z.literal('consent.asked'), ...ofConsent, version: z.string() }),
  z.object({ type: z.literal('consent.accepted'), ...ofConsent, folio: Folio }),
  z.object({ type: z.literal('consent.refused'), ...ofConsent, folio: Folio }),
  z.object({
    type: z.literal('consent.unanswered'),
    ...ofConsent,
    folio: Folio,
    /** The agent took it back, or the attention was over. */
    cause: z.enum(['retracted', 'ended']),
  }),
  z.object({ type: z.literal('consent.withdrawn'), ...ofConsent, folio: Folio }),
  /** `momentMs`: since the beginning of its attention. */
  z.object({ type: z.literal('mark.added'), momentMs: z.int().nonnegative(), text: z.string() }),
  /** By the guest where there is no agent. `wasCleaned`: what was hidden in it is gone (trust B31). */
  z.object({
    type: z.literal('file.shared'),
    fileId: FileId,
    name: z.string(),
    kind: z.string(),
    bytes: z.int().positive(),
    wasCleaned: z.boolean(),
  }),
  ...CallReport.options,
  /**
   * A call was dropped: a key had changed within this session of this attention (trust B70). Once of each session. `side`: who said
   * what made it known, be it another key of its own or the word that the other side's is another: not whose key it is.
   */
  z.object({
    type: z.literal('call.keyChanged'),
    side: z.enum(['agent', 'guest']),
    attentionId: AttentionId.optional(),
    session: z.int().optional(),
  }),
  z.object({ type: z.literal('transfer.offered'), toName: z.string(), comment: z.string() }),
  z.object({ type: z.literal('transfer.accepted') }),
  z.object({ type: z.literal('transfer.declined'), reason: z.string() }),
  z.object({ type: z.literal('transfer.timedOut'), toName: z.string() }),
  z.object({ type: z.literal('transfer.cancelled') }),
  z.object({ type: z.literal('transfer.failed'), toName: z.string(), failure: OfferFailure }),
  z.object({
    type: z.literal('transfer.completed'),
    fromName: z.string(),
    toName: z.string(),
    comment: z.string(),
  }),
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
