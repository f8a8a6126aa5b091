import { v7 as uuidv7 } from 'uuid';
import type { Act, ActCustomer } from '../../bridge/act.ts';
import type { TakenNumber } from '../cache/blocks-repository.ts';
import type { CommandBody } from '../../protocol/commands/agent-command.ts';
import type { TicketCustomer } from '../../protocol/commands/ticket-customer.ts';
import type { AgentId, AttentionId, BranchId, ContactId, OfferId, TicketId } from '../../protocol/ids.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { DeskError } from '../desk-error.ts';

export interface ActContext {
  agentId: AgentId;
  branchId: BranchId;
  /** The ticket that the act is about, as the screen shows it; null for an act about none. */
  header: TicketHeader | null;
  /** A number of this desk for "Atender ahora"; null for every other act. */
  taken: TakenNumber | null;
}

/**
 * The command that carries an act: with the ids that it makes, and the attention in hand and its epoch.
 * @throws DeskError WRONG_STATE when the act needs an attention that this agent does not hold
 */
export function commandOfAct(act: Act, context: ActContext): CommandBody {
  switch (act.type) {
    case 'status.choose':
      return { type: act.type, state: act.state, cause: 'agent' };
    case 'ticket.create':
      return {
        type: act.type,
        ticketId: uuidv7() as TicketId,
        branchId: context.branchId,
        serviceId: act.serviceId,
        priority: act.priority,
        customer: customerOf(act.customer),
      };
    case 'ticket.attendNow':
      return attendNow(act, context);
    case 'ticket.call':
      return { type: act.type, ticketId: act.ticketId, attentionId: uuidv7() as AttentionId };
    case 'attention.begin':
    case 'attention.recall':
    case 'attention.finish':
      return { type: act.type, ...attentionInHand(context) };
    case 'attention.noShow':
      return { type: act.type, ...attentionInHand(context), then: act.then };
    case 'attention.transfer':
      return { type: act.type, ...attentionInHand(context), serviceId: act.serviceId, comment: act.comment };
    case 'consent.ask':
      return { type: act.type, ...attentionInHand(context), termsId: act.termsId, title: act.title, text: act.text };
    case 'consent.retract':
      return { type: act.type, ...attentionInHand(context), consentId: act.consentId };
    case 'message.send':
      return { type: act.type, ...attentionInHand(context), text: act.text };
    case 'guest.block':
      return { type: act.type, ...attentionInHand(context), reason: act.reason, comment: act.comment };
    case 'transfer.offer': {
      const offerId = uuidv7() as OfferId;
      return { type: act.type, ...attentionInHand(context), offerId, agentId: act.agentId, comment: act.comment };
    }
    case 'transfer.cancel':
      return { type: act.type, ...attentionInHand(context), offerId: act.offerId };
    case 'transfer.accept':
      return { type: act.type, ...attentionOf(context), offerId: act.offerId };
    case 'transfer.decline':
      return { type: act.type, ...attentionOf(context), offerId: act.offerId, reason: act.reason };
    case 'contact.link':
      return { type: act.type, ticketId: act.ticketId, customer: customerOf(act.customer) };
    default:
      return act;
  }
}

/** The attention that this agent holds, as its commands quote it. */
export function attentionInHand({ header, agentId }: Pick<ActContext, 'header' | 'agentId'>): {
  ticketId: TicketId;
  attentionId: AttentionId;
  epoch: number;
} {
  if (header?.holder?.agentId !== agentId) throw new DeskError('WRONG_STATE');
  return attentionOf({ header });
}

/** The attention of whoever holds the ticket. */
function attentionOf({ header }: Pick<ActContext, 'header'>): ReturnType<typeof attentionInHand> {
  if (!header?.holder) throw new DeskError('WRONG_STATE');
  const { attentionId, epoch } = header.holder;
  return { ticketId: header.id, attentionId, epoch };
}

function attendNow(act: Extract<Act, { type: 'ticket.attendNow' }>, { taken }: ActContext): CommandBody {
  if (!taken) throw new DeskError('NO_BLOCK');
  return {
    type: act.type,
    ticketId: uuidv7() as TicketId,
    attentionId: uuidv7() as AttentionId,
    serviceId: act.serviceId,
    customer: customerOf(act.customer),
    blockId: taken.block.id,
    number: taken.number,
    turn: taken.turn,
  };
}

function customerOf(customer: ActCustomer): TicketCustomer {
  return customer.type === 'new' ? { ...customer, contactId: uuidv7() as ContactId } : customer;
}
