import { Refusal } from '../policies/refusal.ts';
import type { TicketRow } from '../store/ticket-rows.ts';
import { setRead } from '../store/message-rows.ts';
import { readLinkOf } from '../store/guest-link-rows.ts';
import { putMessage } from '../video/put-message.ts';
import { heldTicket } from './attention-handlers.ts';
import type { CommandHandler } from './command-handler.ts';

/** The video in hand, of this agent. */
function requireVideo({ header }: TicketRow): void {
  const isInHand = header.state === 'calling' || header.state === 'attending';
  if (header.kind !== 'virtual' || !isInHand) throw new Refusal('WRONG_STATE');
}

export const sendMessage: CommandHandler<'message.send'> = async (acting, body) => {
  const { work, author, actor } = acting;
  const row = heldTicket(acting, body);
  requireVideo(row);
  const link = await readLinkOf(work.tx, row.id);
  await putMessage(work, row, {
    // The desk shows it under this id already (SPEC PD4).
    id: actor.eventId,
    sender: { agentId: author.agentId, agentName: author.name },
    guestLinkId: link?.browserHash ? link.id : null,
    clientKey: null,
    text: body.text,
  });
  return 'accepted';
};

export const readMessages: CommandHandler<'message.read'> = async (acting, body) => {
  const row = heldTicket(acting, body);
  const { work, author } = acting;
  requireVideo(row);
  const read = await setRead(work.tx, row.id, 'agent', body.upTo);
  if (read) work.say('agent', author.agentId, { type: 'messages.read', ticketId: row.header.id, read });
  return 'accepted';
};
