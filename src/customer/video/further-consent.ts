import type { ConsentState, GuestConsent } from '../../protocol/video/consent.ts';

const PROGRESS: Record<ConsentState, number> = { asked: 0, unanswered: 1, accepted: 1, refused: 1, withdrawn: 2 };

const stepsOf = ({ state, openedAt, readAt, folio, receiptUrl }: GuestConsent): number =>
  PROGRESS[state] * 8 + [openedAt, readAt, folio, receiptUrl].filter((each) => each !== null).length;

/** An answer to the page and a word on its line overtake each other: of the same asking, which only goes on, the one further on. */
export function furtherConsent(known: GuestConsent | null, heard: GuestConsent): GuestConsent {
  return known?.id === heard.id && stepsOf(known) > stepsOf(heard) ? known : heard;
}
