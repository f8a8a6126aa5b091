import { z } from 'zod';
import { AttentionId, TicketId } from '../ids.ts';
import { optionalText } from '../text.ts';

export const GuestBlockReason = z.enum(['insults', 'sexual', 'threats', 'other']);
export type GuestBlockReason = z.infer<typeof GuestBlockReason>;

/** What an agent says about a guest whom they report (trust T30). Words alone: no picture and no sound is kept. */
export const guestReport = { reason: GuestBlockReason, comment: optionalText(500) };

/**
 * "Bloquear y reportar": ends the video for both, and the guest's browser is let into no video of the company for a day. Needs the
 * line.
 */
export const GuestBlock = z.strictObject({
  type: z.literal('guest.block'),
  ticketId: TicketId,
  attentionId: AttentionId,
  epoch: z.int().positive(),
  ...guestReport,
});
