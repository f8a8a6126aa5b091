import type { GuestMessage, ReadGuestMessages, SendGuestMessage } from '../../protocol/video/message.ts';
import { runWork, type Work } from '../changes/work.ts';
import { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import { isBrowserBlocked } from '../store/guest-block-rows.ts';
import { readLinkOf } from '../store/guest-link-rows.ts';
import { readSentByGuest, setRead } from '../store/message-rows.ts';
import { lockTicket, type TicketRow } from '../store/ticket-rows.ts';
import { findGuest } from './guest-links.ts';
import { putMessage } from './put-message.ts';

export type Guest = NonNullable<Awaited<ReturnType<typeof findGuest>>>;

/**
 * The guest of a request: by the token of its link and the cookie of the browser that has entered with it.
 * @throws Refusal LINK_INVALID for whatever is wrong with either, alike
 */
export async function requireGuest(context: ServerContext, token: string, browser: string | null): Promise<Guest> {
  const guest = browser === null ? null : await findGuest(context, token, browser);
  if (!guest) throw new Refusal('LINK_INVALID');
  return guest;
}

/** The guest's ticket, locked, if its link still holds. */
async function ownTicketOf(work: Work, guest: Guest): Promise<TicketRow> {
  const row = await lockTicket(work.tx, guest.companyId, guest.ticketId);
  const link = row && (await readLinkOf(work.tx, row.id));
  if (!row || link?.id !== guest.id) throw new Refusal('LINK_INVALID');
  return row;
}

/**
 * A message of the guest's, from the call on. `key`: made by the page; the same twice has one effect.
 * @throws Refusal KEY_REUSED with another text, WRONG_STATE while nobody calls or attends
 */
export async function sendGuestMessage(
  context: ServerContext,
  guest: Guest,
  key: string,
  { text }: Pick<SendGuestMessage, 'text'>,
): Promise<GuestMessage> {
  const { result } = await runWork(context, async (work) => {
    const row = await ownTicketOf(work, guest);
    const known = await readSentByGuest(work.tx, { ticketId: row.id, clientKey: key });
    if (known) {
      const { guestLinkId, ...sent } = known;
      if (sent.text !== text || guestLinkId !== guest.id) throw new Refusal('KEY_REUSED');
      return sent;
    }
    const { kind, state } = row.header;
    if (await isBrowserBlocked(work.tx, guest, work.now)) throw new Refusal('GUEST_BLOCKED');
    if (kind !== 'virtual' || (state !== 'calling' && state !== 'attending')) throw new Refusal('WRONG_STATE');
    const { seq, sentAt } = await putMessage(work, row, {
      id: null,
      sender: null,
      guestLinkId: guest.id,
      clientKey: key,
      text,
    });
    return { seq, from: 'guest' as const, text, sentAt, agentName: null, key };
  });
  return result;
}

/** The guest has seen what was written up to here. */
export async function readByGuest(
  context: ServerContext,
  guest: Guest,
  { upTo }: Pick<ReadGuestMessages, 'upTo'>,
): Promise<void> {
  await runWork(context, async (work) => {
    const { id, header } = await ownTicketOf(work, guest);
    const read = await setRead(work.tx, id, 'guest', upTo);
    if (!read || !header.holder) return;
    work.say('agent', header.holder.agentId, { type: 'messages.read', ticketId: header.id, read });
  });
}
