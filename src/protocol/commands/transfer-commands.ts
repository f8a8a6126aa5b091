import { z } from 'zod';
import { AgentId, AttentionId, OfferId, TicketId } from '../ids.ts';
import { optionalText } from '../text.ts';

/** The holding that is offered, and the offer, whose id the desk of the one who offers makes. All need the line. */
const offer = {
  ticketId: TicketId,
  attentionId: AttentionId,
  epoch: z.int().positive(),
  offerId: OfferId,
};

/** A live video is offered to a colleague, who is asked for 30 s; whoever offers goes on talking. */
export const TransferOfferTo = z.strictObject({
  type: z.literal('transfer.offer'),
  ...offer,
  agentId: AgentId,
  comment: optionalText(500),
});

/** Taken back, before or after it was accepted. */
export const TransferCancel = z.strictObject({ type: z.literal('transfer.cancel'), ...offer });

/** By the colleague: their media have 15 s to reach the guest. */
export const TransferAccept = z.strictObject({ type: z.literal('transfer.accept'), ...offer });

export const TransferDecline = z.strictObject({
  type: z.literal('transfer.decline'),
  ...offer,
  reason: optionalText(200),
});
