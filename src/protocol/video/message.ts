import { z } from 'zod';
import { AgentId, MessageId, TicketId } from '../ids.ts';
import { Instant } from '../instant.ts';
import { requiredText } from '../text.ts';

/** Longest message, in characters. */
export const MAXIMUM_MESSAGE = 4_000;
export const MessageText = requiredText(MAXIMUM_MESSAGE);

const said = {
  /** Its place in the conversation of the ticket: 1, 2, 3 without a gap, in the order in which the server took them. */
  seq: z.int().positive(),
  from: z.enum(['agent', 'guest']),
  /** Plain text: never HTML, and an address in it is no link. */
  text: z.string(),
  /** By the server's clock. */
  sentAt: Instant,
};

/** A line of the chat of a video, as agents see it (S2-46). Sender, hour and place are the server's word (trust T3). */
export const Message = z.object({
  ...said,
  /** Of an agent's: that of the command which sent it. */
  id: MessageId,
  ticketId: TicketId,
  /** Null for the guest, who is nobody that we know. */
  agentId: AgentId.nullable(),
  agentName: z.string().nullable(),
});
export type Message = z.infer<typeof Message>;

/** Up to which `seq` each side has seen what the other wrote; 0 for nothing. Neither ever falls. */
export const MessagesRead = z.object({ byAgent: z.int().nonnegative(), byGuest: z.int().nonnegative() });
export type MessagesRead = z.infer<typeof MessagesRead>;

/** The same line as the guest sees it (trust T2). */
export const GuestMessage = z.object({
  ...said,
  /** First name; null for the guest's own. */
  agentName: z.string().nullable(),
  /** `Idempotency-Key` of the guest's own; null for the agent's. */
  key: z.uuid().nullable(),
});
export type GuestMessage = z.infer<typeof GuestMessage>;

const guest = {
  /** Of the guest's link, the fragment of the page's address. The cookie says which browser it is. */
  token: z.string().max(100),
};

/**
 * POST /v1/guest/messages, with the cookie and an `Idempotency-Key`, a UUID made by the page: 201 `GuestMessage`. The same twice has
 * one effect and one answer; the key with another text 422 KEY_REUSED. 409 WRONG_STATE unless somebody calls or attends.
 */
export const SendGuestMessage = z.strictObject({ ...guest, text: MessageText });
export type SendGuestMessage = z.infer<typeof SendGuestMessage>;

/** POST /v1/guest/messages/read, with the cookie: 204. Up to which the guest has seen what was written. */
export const ReadGuestMessages = z.strictObject({ ...guest, upTo: z.int().positive() });
export type ReadGuestMessages = z.infer<typeof ReadGuestMessages>;
