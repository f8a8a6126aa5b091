import { z } from 'zod';
import { AttentionId, TicketId } from '../ids.ts';
import { MessageText } from '../video/message.ts';

const attention = { ticketId: TicketId, attentionId: AttentionId, epoch: z.int().positive() };

/** A line of the chat of the video in hand (S2-46). Needs the line. */
export const MessageSend = z.strictObject({ type: z.literal('message.send'), ...attention, text: MessageText });

/** The agent has seen the guest's messages up to this `seq`. Sent by the desk itself. */
export const MessageRead = z.strictObject({
  type: z.literal('message.read'),
  ...attention,
  upTo: z.int().positive(),
});
