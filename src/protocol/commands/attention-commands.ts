import { z } from 'zod';
import { AttentionId, ServiceId, TicketId } from '../ids.ts';
import { optionalText } from '../text.ts';

/** An attention is quoted with its epoch: an old one is refused or answered `superseded`. */
const attention = {
  ticketId: TicketId,
  attentionId: AttentionId,
  epoch: z.int().positive(),
};

/** The desk has shown an automatic call; without it the ticket goes back after 5 s. Sent by the desk itself. */
export const AttentionAcknowledge = z.strictObject({ type: z.literal('attention.acknowledge'), ...attention });

/** Some input was seen at the desk while it calls: the 45 s without an act start anew. Sent by the desk itself. */
export const AttentionTouch = z.strictObject({ type: z.literal('attention.touch'), ...attention });

/** The customer is here: calling becomes attending. Needs the line. */
export const AttentionBegin = z.strictObject({ type: z.literal('attention.begin'), ...attention });

/** "Llamar nuevamente". Needs the line. */
export const AttentionRecall = z.strictObject({ type: z.literal('attention.recall'), ...attention });

/** "No se presenta": closes as noShow or goes back to the line. Needs the line. */
export const AttentionNoShow = z.strictObject({
  type: z.literal('attention.noShow'),
  ...attention,
  then: z.enum(['cancel', 'requeue']),
});

/** "Finalizar ticket". A counter or call attention in hand may be finished without the line. */
export const AttentionFinish = z.strictObject({ type: z.literal('attention.finish'), ...attention });

/** Passes an attended ticket to another service, keeping its clock. Needs the line. */
export const AttentionTransfer = z.strictObject({
  type: z.literal('attention.transfer'),
  ...attention,
  serviceId: ServiceId,
  comment: optionalText(500),
});
