import { v7 as uuidv7 } from 'uuid';
import { newOffer } from '../../domain/transfer-offer/next-transfer-offer.ts';
import { offerObstacle } from '../../domain/transfer-offer/offer-obstacle.ts';
import { requireAttention } from '../../domain/ticket/next-ticket.ts';
import type { AgentId, AttentionId, ModuleId } from '../../protocol/ids.ts';
import { isSeen } from '../dispatch/is-seen.ts';
import { ownTicket } from '../policies/may-touch-ticket.ts';
import { Refusal } from '../policies/refusal.ts';
import { setDue } from '../store/due-rows.ts';
import {
  insertOffer,
  readColleagues,
  readOffer,
  readOpenOffer,
  type OfferRow,
  type SittingColleague,
} from '../store/offer-rows.ts';
import type { TicketRow } from '../store/ticket-rows.ts';
import { heldTicket } from './attention-handlers.ts';
import type { Acting, BodyOf, CommandHandler } from './command-handler.ts';
import { moveOffer, sayOffer } from './move-offer.ts';
import { tellEvent } from './tell-holder.ts';

/** Why nothing can be offered to a colleague now; null where it can. */
export const obstacleOf = (colleague: SittingColleague, now: number): ReturnType<typeof offerObstacle> =>
  offerObstacle(
    { state: colleague.state, moduleId: colleague.moduleId as ModuleId | null },
    { ...colleague, isSeen: isSeen(colleague, now) },
  );

export const offerTransfer: CommandHandler<'transfer.offer'> = async (acting, body) => {
  const { work, author, actor } = acting;
  const row = heldTicket(acting, body);
  if (row.header.kind !== 'virtual' || row.header.state !== 'attending') throw new Refusal('WRONG_STATE');
  const place = { branchId: row.branchId, serviceId: row.header.serviceId, agentId: body.agentId };
  const isOther = body.agentId !== author.agentId && acting.lockedAgents.has(body.agentId);
  const [colleague] = isOther ? await readColleagues(work.tx, place) : [];
  if (!colleague) throw new Refusal('NOT_FOUND', { field: 'agentId' });
  if (await readOpenOffer(work.tx, row.id)) throw new Refusal('WRONG_STATE');
  if (obstacleOf(colleague, work.now) !== null) {
    throw new Refusal('COLLEAGUE_UNAVAILABLE', { field: 'agentId', values: { holder: colleague.name } });
  }
  const { ticketId, attentionId, epoch, comment } = body;
  const offer: OfferRow = {
    ...newOffer(work.now),
    id: body.offerId,
    ticketId,
    attentionId,
    epoch,
    nextAttentionId: uuidv7() as AttentionId,
    from: { agentId: author.agentId as AgentId, agentName: author.name },
    to: { agentId: body.agentId, agentName: colleague.name },
    comment,
    companyId: row.companyId,
    branchId: row.branchId,
  };
  work.write(insertOffer(work.tx, { ...offer, fromId: author.agentId, toId: body.agentId }, work.now));
  const event = work.record(row, actor, { type: 'transfer.offered', toName: colleague.name, comment });
  await tellEvent(work, row, event);
  await sayOffer(work, row, offer);
  work.write(setDue(work.tx, { kind: 'transfer', subjectId: offer.id, branchId: row.branchId }, offer.dueAt));
  return 'accepted';
};

export const cancelTransfer: CommandHandler<'transfer.cancel'> = async (acting, body) => {
  const row = heldTicket(acting, body);
  const offer = await offerOf(acting, row, body, 'from');
  await moveOffer(acting.work, row, offer, { type: 'cancel' }, acting.actor);
  return 'accepted';
};

export const acceptTransfer: CommandHandler<'transfer.accept'> = async (acting, body) => {
  const { work, author, actor, inHandId } = acting;
  const row = ownTicket(author, acting.ticket);
  const offer = await offerOf(acting, row, body, 'to');
  const stale = requireAttention(row.header, { ...offer, agentId: offer.from.agentId });
  if (stale) throw new Refusal(stale);
  const isFree = inHandId === null && author.branchId === row.branchId;
  await moveOffer(work, row, offer, { type: 'accept', isFree }, actor);
  return 'accepted';
};

export const declineTransfer: CommandHandler<'transfer.decline'> = async (acting, body) => {
  const row = ownTicket(acting.author, acting.ticket);
  const offer = await offerOf(acting, row, body, 'to');
  await moveOffer(acting.work, row, offer, { type: 'decline', reason: body.reason }, acting.actor);
  return 'accepted';
};

type Quoted = Pick<BodyOf<'transfer.accept'>, 'offerId' | 'attentionId' | 'epoch'>;

/** The offer that is quoted, if the author made it, or it was made to them. What is not theirs does not exist (trust T12). */
async function offerOf(
  { work, author }: Acting,
  row: TicketRow,
  { offerId, attentionId, epoch }: Quoted,
  side: 'from' | 'to',
): Promise<OfferRow> {
  const offer = await readOffer(work.tx, offerId);
  if (offer?.ticketId !== row.id || offer[side].agentId !== author.agentId) {
    throw new Refusal('NOT_FOUND', { field: 'offerId' });
  }
  if (offer.attentionId !== attentionId || offer.epoch !== epoch) throw new Refusal('STALE_EPOCH');
  return offer;
}
