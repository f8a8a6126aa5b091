import { v7 as uuidv7 } from 'uuid';
import { Refusal } from '../policies/refusal.ts';
import { GUEST_BLOCKED } from '../store/attention-rows.ts';
import { insertAudit } from '../store/audit-rows.ts';
import { insertGuestBlock } from '../store/guest-block-rows.ts';
import { readGuestSince } from '../store/guest-link-rows.ts';
import { putOutGuest } from '../video/put-out-guest.ts';
import { heldTicket } from './attention-handlers.ts';
import { changeStatus } from './change-status.ts';
import type { CommandHandler } from './command-handler.ts';
import { endHolding } from './end-holding.ts';
import { moveTicket } from './move-ticket.ts';
import { tellEvent } from './tell-holder.ts';

/** How long a guest who was reported is let into no video (trust T30). */
const BLOCKED_MS = 24 * 3_600_000;

/**
 * "Bloquear y reportar": the attention ends for both in the same transaction; what is kept is who said what, when and why. It is
 * about whoever is in or, with a new link given by which nobody has come yet, was in last.
 */
export const blockGuest: CommandHandler<'guest.block'> = async (acting, body) => {
  const { work, author, actor, time } = acting;
  const row = heldTicket(acting, body);
  const link = await readGuestSince(work.tx, row.id, row.header.calledAt ?? work.now);
  // Nobody was in: there is nobody to be blocked.
  if (!link?.browserHash) throw new Refusal('WRONG_STATE');
  const { reason, comment } = body;
  const block = {
    id: uuidv7(),
    companyId: row.companyId,
    ticketId: row.id,
    guestLinkId: link.id,
    agentId: author.agentId,
    reason,
    comment,
    browserHash: link.browserHash,
    address: link.address,
    at: work.now,
    until: work.now + BLOCKED_MS,
  };
  work.write(insertGuestBlock(work.tx, block));
  await putOutGuest(work, block);
  const { companyId, agentId } = block;
  const audit = {
    companyId,
    agentId,
    deviceId: author.deviceId,
    act: 'guest.blocked',
    subject: block.id,
    at: work.now,
  };
  work.write(insertAudit(work.tx, audit));
  await tellEvent(work, row, work.record(row, actor, { type: 'guest.blocked', reason, comment }, time));
  const fact = { type: 'ticket.closed', outcome: 'cancelled' } as const;
  await moveTicket(work, row, { type: 'block' }, fact, { ...actor, eventId: null }, time);
  const end = { cause: GUEST_BLOCKED, outcome: 'cancelled' as const };
  await endHolding(work, { attentionId: body.attentionId, agentId }, end, time);
  await changeStatus(work, agentId, { type: 'attentionEnded' }, time);
  return 'accepted';
};
