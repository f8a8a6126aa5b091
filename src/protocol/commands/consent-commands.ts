import { z } from 'zod';
import { AttentionId, ConsentId, TermsId, TicketId } from '../ids.ts';
import { TermsText, TermsTitle } from '../video/consent.ts';

const attention = { ticketId: TicketId, attentionId: AttentionId, epoch: z.int().positive() };

/** "Enviar T&C": asks the guest of a video in hand; refused with CONSENT_OPEN while another waits for its answer. Needs the line. */
export const ConsentAsk = z.strictObject({
  type: z.literal('consent.ask'),
  ...attention,
  /** Null for a text without template. */
  termsId: TermsId.nullable(),
  title: TermsTitle,
  text: TermsText,
});

/** "Retirar": takes an open asking back, which stays unanswered; refused with EXPIRED once there is an answer. Needs the line. */
export const ConsentRetract = z.strictObject({
  type: z.literal('consent.retract'),
  ...attention,
  consentId: ConsentId,
});
