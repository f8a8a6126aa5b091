import type { TicketFact } from '../../protocol/event.ts';

/**
 * Whether a browser was let into the video of this ticket, as far as its timeline tells [TK15]. Whoever passes to it from the page of
 * their turn is let in by that; a turn in the place of another may have been asked for from the page of a video.
 */
export const hadGuest = (facts: readonly TicketFact[]): boolean =>
  facts.some(
    (fact) =>
      fact.type === 'guest.entered' ||
      (fact.type === 'ticket.hopped' && fact.to === 'video') ||
      (fact.type === 'ticket.created' && fact.renews !== undefined),
  );
