import { lineTurn } from '../../domain/turn-code/turn-lanes.ts';
import { formatTurnCode } from '../../domain/turn-code/turn-code.ts';
import { businessDayOf } from '../../domain/business-day/business-day.ts';
import { isLaidAside } from '../../domain/ticket/is-laid-aside.ts';
import { eventIdOf } from '../../domain/ticket/event-id-of.ts';
import { waitReasons } from '../../domain/queue/weighted-wait.ts';
import { newTicket } from '../../domain/ticket/new-ticket.ts';
import { nextTicket } from '../../domain/ticket/next-ticket.ts';
import type { QueueReason } from '../../protocol/queue-reason.ts';
import type { Holder, TicketHeader } from '../../protocol/ticket.ts';
import { attendsService, ownService, ownTicket, refuseOutsider } from '../policies/may-touch-ticket.ts';
import { Refusal } from '../policies/refusal.ts';
import { returnCall } from '../dispatch/return-call.ts';
import { insertAttention, readAttention } from '../store/attention-rows.ts';
import type { Author } from '../store/author-rows.ts';
import { readBlock } from '../store/block-rows.ts';
import { countLineTurn, takeNumbers } from '../store/number-rows.ts';
import { readBranch } from '../store/service-rows.ts';
import { heldBy, insertTicket, type TicketRow } from '../store/ticket-rows.ts';
import type { Acting, CommandHandler } from './command-handler.ts';
import { byVideo } from './by-video.ts';
import { linkCustomer } from './link-customer.ts';
import { lockStatus } from './lock-status.ts';
import { moveTicket } from './move-ticket.ts';
import { sayContent } from './say-content.ts';
import { sayPresence } from './say-presence.ts';

const holderOf = (author: Author, attentionId: string): Omit<Holder, 'epoch'> => ({
  agentId: author.agentId as Holder['agentId'],
  agentName: author.name,
  moduleId: author.moduleId as Holder['moduleId'],
  attentionId: attentionId as Holder['attentionId'],
});

export const createTicket: CommandHandler<'ticket.create'> = async ({ work, author, actor, time }, body) => {
  const service = await ownService(work, author, body.serviceId);
  if (service.branchId !== body.branchId) throw new Refusal('NOT_FOUND', { field: 'branchId' });
  const branch = await readBranch(work.tx, service.branchId);
  if (!branch) throw new Refusal('NOT_FOUND', { field: 'branchId' });
  const company = { id: branch.companyId, country: branch.country };
  const { contactId, names } = await linkCustomer(work, company, author, body.customer);
  const businessDay = businessDayOf(work.now, branch.timeZone);
  const [given, number] = await Promise.all([
    countLineTurn(work.tx, service.id, businessDay),
    takeNumbers(work.tx, author.companyId, 1),
  ]);
  const header = newTicket(
    {
      id: body.ticketId,
      branchId: body.branchId,
      serviceId: body.serviceId,
      number,
      turnCode: formatTurnCode(service.letter, lineTurn(given)),
      businessDay,
      kind: service.kind === 'video' ? 'virtual' : 'turn',
      priority: body.priority,
      origin: 'agent',
      customer: names,
    },
    time.occurredAt,
  );
  work.write(insertTicket(work.tx, header, { companyId: author.companyId, contactId, turnTokenHash: null }));
  const row = { id: header.id, branchId: header.branchId, companyId: author.companyId };
  work.record(row, actor, { type: 'ticket.created', origin: 'agent', serviceId: header.serviceId }, time);
  work.say('branch', header.branchId, { type: 'ticket.put', header });
  work.dispatch(header.branchId);
  return 'accepted';
};

export const attendNow: CommandHandler<'ticket.attendNow'> = async (acting, body) => {
  const { work, author, actor, time } = acting;
  const [service, branch, block] = await Promise.all([
    ownService(work, author, body.serviceId),
    author.branchId === null ? undefined : readBranch(work.tx, author.branchId),
    readBlock(work.tx, { id: body.blockId, deviceId: author.deviceId, serviceId: body.serviceId }),
  ]);
  if (service.branchId !== author.branchId) throw new Refusal('NOT_FOUND', { field: 'serviceId' });
  const offset = block ? body.turn - block.firstTurn : -1;
  if (!block || !branch || offset < 0 || offset >= block.count || body.number !== block.firstNumber + offset) {
    throw new Refusal('NOT_FOUND', { field: 'blockId' });
  }
  const company = { id: branch.companyId, country: branch.country };
  const { contactId, names } = await linkCustomer(work, company, author, body.customer);
  const hasTicketInHand = await isBusy(acting);
  const { branchId: sitsIn } = await lockStatus(work, author.agentId);
  const waiting = newTicket(
    {
      id: body.ticketId,
      branchId: branch.id as TicketHeader['branchId'],
      serviceId: body.serviceId,
      number: body.number,
      turnCode: formatTurnCode(service.letter, body.turn),
      businessDay: block.businessDay,
      kind: service.kind === 'video' ? 'virtual' : 'turn',
      priority: 'normal',
      origin: 'desk',
      customer: names,
    },
    time.occurredAt,
  );
  const isAside = isLaidAside(waiting, { hasTicketInHand, sitsIn });
  const holding = { type: 'attendNow', holder: holderOf(author, body.attentionId), isAside } as const;
  const next = nextTicket(waiting, holding, time.occurredAt);
  if ('refused' in next) throw new Refusal(next.refused);
  const header = next.ticket;
  const { holder } = header;
  if (!holder) throw new Error('an attended ticket has a holder');
  work.write(insertTicket(work.tx, header, { companyId: author.companyId, contactId, turnTokenHash: null }));
  const rest = { isAutomatic: false, reasons: [], at: time.occurredAt, isBegun: true };
  work.write(insertAttention(work.tx, header, holder, rest));
  const row: TicketRow = {
    id: header.id,
    branchId: header.branchId,
    companyId: author.companyId,
    contactId,
    topicIds: [],
    header,
  };
  work.record(row, actor, { type: 'ticket.created', origin: 'desk', serviceId: header.serviceId }, time);
  const attended = { ...actor, eventId: eventIdOf(body.attentionId) };
  work.record(row, attended, { type: 'ticket.attended', moduleName: author.moduleName }, time);
  work.say('branch', header.branchId, { type: 'ticket.put', header });
  await sayContent(work, author.agentId, row);
  // Where they do not sit nobody has been told of their desk.
  if (sitsIn !== header.branchId) await sayPresence(work, author.agentId, null);
  return 'accepted';
};

/**
 * Whether another ticket is in the author's hand. An automatic call that this desk has not shown yet gives way to the customer
 * who stands there; with the line up whoever is busy is refused, which nobody is who was attended without it (SPEC TK12).
 */
async function isBusy({ work, author, inHandId, isQueued }: Acting): Promise<boolean> {
  if (inHandId === null) return false;
  const inHand = await heldBy(work.tx, author.agentId);
  if (!inHand?.holder) return false;
  const attention = await readAttention(work.tx, inHand.holder.attentionId);
  const isUnseen = inHand.state === 'calling' && attention?.isAutomatic && attention.acknowledgedAt === null;
  if (author.hasSession && isUnseen) {
    // What was laid aside waits on: the customer of this act is before the agent.
    await returnCall(work, inHand.holder.attentionId, 'notAcknowledged', { takesUp: false });
    return false;
  }
  if (!isQueued) throw new Refusal('BUSY_AGENT');
  return true;
}

export const callTicket: CommandHandler<'ticket.call'> = async (
  { work, author, ticket, inHandId, actor, time },
  body,
) => {
  const row = ownTicket(author, ticket);
  if (row.header.holder) throw new Refusal('ALREADY_HELD', { values: { holder: row.header.holder.agentName } });
  if (row.branchId !== author.branchId) throw new Refusal('NOT_FOUND', { field: 'ticketId' });
  if (!attendsService(author, row.header.serviceId)) throw new Refusal('FORBIDDEN');
  if (inHandId !== null) throw new Refusal('BUSY_AGENT');
  const level = author.services.find((service) => service.id === row.header.serviceId)?.level;
  const reasons: QueueReason[] = [
    { type: 'chosenByHand' },
    ...(level ? [{ type: `${level}Service` as const }] : []),
    ...waitReasons(row.header, work.now),
  ];
  const header = await moveTicket(
    work,
    row,
    { type: 'call', holder: holderOf(author, body.attentionId) },
    {
      type: 'ticket.called',
      moduleName: author.moduleName,
      attempt: 1,
      isAutomatic: false,
      reasons,
      ...byVideo(row.header),
    },
    actor,
    time,
  );
  if (header.holder) {
    const rest = { isAutomatic: false, reasons, at: time.occurredAt, isBegun: false };
    work.write(insertAttention(work.tx, header, header.holder, rest));
  }
  return 'accepted';
};

export const transferTicket: CommandHandler<'ticket.transfer'> = async (
  { work, author, ticket, actor, time },
  body,
) => {
  const row = ownTicket(author, ticket);
  refuseOutsider(author, row);
  const service = await ownService(work, author, body.serviceId);
  if (service.branchId !== row.branchId) throw new Refusal('NOT_FOUND', { field: 'serviceId' });
  if (row.header.holder) throw new Refusal('ALREADY_HELD', { values: { holder: row.header.holder.agentName } });
  await moveTicket(
    work,
    row,
    { type: 'transfer', serviceId: body.serviceId },
    { type: 'ticket.transferred', from: row.header.serviceId, to: body.serviceId, comment: body.comment },
    actor,
    time,
  );
  return 'accepted';
};

export const requeueTicket: CommandHandler<'ticket.requeue'> = async ({ work, author, ticket, actor, time }) => {
  const row = ownTicket(author, ticket);
  refuseOutsider(author, row);
  await moveTicket(work, row, { type: 'requeue' }, { type: 'ticket.requeued' }, actor, time);
  return 'accepted';
};

export const cancelTicket: CommandHandler<'ticket.cancel'> = async ({ work, author, ticket, actor, time }) => {
  const row = ownTicket(author, ticket);
  refuseOutsider(author, row);
  const fact = { type: 'ticket.closed', outcome: 'cancelled' } as const;
  await moveTicket(work, row, { type: 'cancel' }, fact, actor, time);
  return 'accepted';
};
