import { z } from 'zod';
import { AgentId, AttentionId, OfferId, ServiceId, TicketId } from '../ids.ts';
import { Instant } from '../instant.ts';
import { TurnCode } from '../ticket.ts';

/** `offered` and `accepted` are open; the others are its end. */
export const OfferState = z.enum([
  'offered', // the colleague is asked
  'accepted', // the colleague's media are on their way to the guest
  'completed', // they flow, and the colleague holds the ticket
  'declined',
  'timedOut', // no answer in time
  'cancelled', // taken back by who offered
  'failed', // accepted, and `failure` says why it came to nothing
]);
export type OfferState = z.infer<typeof OfferState>;

export const OfferFailure = z.enum([
  'noMedia', // none reached the guest in time
  'ticketMoved', // who offered does not hold the ticket any more
  'colleagueGone', // who accepted has left, or has another ticket in hand
]);
export type OfferFailure = z.infer<typeof OfferFailure>;

/** All that the colleague may know of a ticket before they hold it: no content, no document, no text of others. */
export const OfferCard = z.object({
  turnCode: TurnCode,
  serviceId: ServiceId,
  customerName: z.string().nullable(),
  attendingSince: Instant.nullable(),
  topics: z.int().nonnegative(),
  notes: z.int().nonnegative(),
});
export type OfferCard = z.infer<typeof OfferCard>;

const OfferAgent = z.object({ agentId: AgentId, agentName: z.string() });

/** A live video that one agent offers to another (S2-37). Told to these two alone. */
export const TransferOffer = z.object({
  id: OfferId,
  ticketId: TicketId,
  /** The holding that is offered. */
  attentionId: AttentionId,
  epoch: z.int().positive(),
  /** The holding that it becomes. */
  nextAttentionId: AttentionId,
  from: OfferAgent,
  to: OfferAgent,
  state: OfferState,
  comment: z.string(),
  /** What the colleague said on declining. */
  reason: z.string(),
  failure: OfferFailure.nullable(),
  /** Server's time at which it ends by itself while it is open. */
  dueAt: Instant,
  card: OfferCard,
});
export type TransferOffer = z.infer<typeof TransferOffer>;

/** GET /v1/desk/tickets/:ticket/colleagues: who sits in the ticket's branch and attends its service. */
export const OfferColleague = z.object({
  agentId: AgentId,
  name: z.string(),
  moduleName: z.string().nullable(),
  level: z.enum(['main', 'support']),
  /** Why nothing can be offered to them now; null where it can. */
  obstacle: z.enum(['notOnline', 'silent', 'busy', 'offered']).nullable(),
});
export type OfferColleague = z.infer<typeof OfferColleague>;

export const OfferColleagues = z.object({ colleagues: z.array(OfferColleague) });
export type OfferColleagues = z.infer<typeof OfferColleagues>;
