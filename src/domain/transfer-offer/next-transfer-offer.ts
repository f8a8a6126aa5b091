import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { Instant } from '../../protocol/instant.ts';
import type { OfferFailure, OfferState } from '../../protocol/video/transfer-offer.ts';

/** How long each open state lasts, in milliseconds [TO2]. */
export const offerLimits = { offered: 30_000, accepted: 15_000 };

/** What the machine knows of an offer. */
export interface Offer {
  state: OfferState;
  reason: string;
  failure: OfferFailure | null;
  dueAt: Instant;
}

export type OfferEvent =
  /** By the colleague. `isFree`: they can take a ticket. */
  | { type: 'accept'; isFree: boolean }
  | { type: 'decline'; reason: string }
  /** By who offered. */
  | { type: 'cancel' }
  /** The guest gets the colleague's media. `isHeld`: by who offered still; `isFree`: the colleague can take it still. */
  | { type: 'flowing'; isHeld: boolean; isFree: boolean }
  /** The ticket went on otherwise. */
  | { type: 'ticketMoved' }
  | { type: 'clock' };

export type NextOffer = { offer: Offer } | { refused: ErrorCode };

export const newOffer = (at: Instant): Offer => ({
  state: 'offered',
  reason: '',
  failure: null,
  dueAt: at + offerLimits.offered,
});

export const isOpen = ({ state }: Pick<Offer, 'state'>): boolean => state === 'offered' || state === 'accepted';

/** The offer after an event, the same object where it means nothing, or why it is refused [TO1]. */
export function nextTransferOffer(offer: Offer, event: OfferEvent, at: Instant): NextOffer {
  if (!isOpen(offer)) return event.type === 'clock' || event.type === 'ticketMoved' ? { offer } : over;
  const isLate = at >= offer.dueAt;
  switch (event.type) {
    case 'accept':
      if (offer.state !== 'offered' || isLate) return over;
      if (!event.isFree) return { refused: 'BUSY_AGENT' };
      return { offer: { ...offer, state: 'accepted', dueAt: at + offerLimits.accepted } };
    case 'decline':
      return offer.state === 'offered' ? { offer: { ...offer, state: 'declined', reason: event.reason } } : over;
    case 'cancel':
      return { offer: { ...offer, state: 'cancelled' } };
    case 'flowing':
      if (offer.state !== 'accepted' || isLate) return over;
      if (!event.isHeld) return { offer: failed(offer, 'ticketMoved') };
      return { offer: event.isFree ? { ...offer, state: 'completed' } : failed(offer, 'colleagueGone') };
    case 'ticketMoved':
      return { offer: failed(offer, 'ticketMoved') };
    case 'clock':
      if (!isLate) return { offer };
      return { offer: offer.state === 'offered' ? { ...offer, state: 'timedOut' } : failed(offer, 'noMedia') };
  }
}

const over = { refused: 'OFFER_OVER' } as const;

const failed = (offer: Offer, failure: OfferFailure): Offer => ({ ...offer, state: 'failed', failure });
