import { requireAttention } from '../../domain/ticket/next-ticket.ts';
import type { AgentId, AttentionId } from '../../protocol/ids.ts';
import { ownTicket, ownService } from '../policies/may-touch-ticket.ts';
import { Refusal } from '../policies/refusal.ts';
import { acknowledgeAttention, beginAttention, readAttention, setLateOutcome } from '../store/attention-rows.ts';
import { dropDue, setDue } from '../store/due-rows.ts';
import { readBranch } from '../store/service-rows.ts';
import type { TicketRow } from '../store/ticket-rows.ts';
import { changeOwnStatus } from './change-own-status.ts';
import { changeStatus } from './change-status.ts';
import type { Acting, CommandHandler } from './command-handler.ts';
import { byVideo } from './by-video.ts';
import { endHolding } from './end-holding.ts';
import { moveTicket } from './move-ticket.ts';
import { tellEvent } from './tell-holder.ts';

/** Without an act of the agent for this long, an automatic call goes back (design.md, Words). */
export const NO_ANSWER_MS = 45_000;

interface Quoted {
  ticketId: string;
  attentionId: AttentionId;
  epoch: number;
}

/** The ticket, if the quoted attention is the one that holds it. */
export function heldTicket(acting: Acting, body: Quoted): TicketRow {
  const row = ownTicket(acting.author, acting.ticket);
  const agentId = acting.author.agentId as AgentId;
  const stale = requireAttention(row.header, { attentionId: body.attentionId, epoch: body.epoch, agentId });
  if (stale) throw new Refusal(stale);
  return row;
}

/** An automatic call that nobody answers is watched anew from each act. */
async function watchAnswer({ work }: Acting, row: TicketRow, attentionId: string): Promise<void> {
  if (row.header.state !== 'calling') return;
  const attention = await readAttention(work.tx, attentionId);
  if (!attention?.isAutomatic || row.header.kind === 'virtual') return;
  const due = { kind: 'noAnswer', subjectId: attentionId, branchId: row.branchId } as const;
  work.write(setDue(work.tx, due, work.now + NO_ANSWER_MS));
}

export const acknowledge: CommandHandler<'attention.acknowledge'> = async (acting, body) => {
  const row = heldTicket(acting, body);
  const { work } = acting;
  work.write(acknowledgeAttention(work.tx, body.attentionId, work.now));
  work.write(dropDue(work.tx, ['acknowledge'], body.attentionId));
  await watchAnswer(acting, row, body.attentionId);
  return 'accepted';
};

export const touch: CommandHandler<'attention.touch'> = async (acting, body) => {
  const row = heldTicket(acting, body);
  await watchAnswer(acting, row, body.attentionId);
  return 'accepted';
};

export const begin: CommandHandler<'attention.begin'> = async (acting, body) => {
  const { work, author, time } = acting;
  const row = heldTicket(acting, body);
  const fact = { type: 'ticket.attended', moduleName: author.moduleName } as const;
  await moveTicket(work, row, { type: 'begin' }, fact, acting.actor, time);
  work.write(beginAttention(work.tx, body.attentionId, time.occurredAt));
  work.write(dropDue(work.tx, ['acknowledge', 'noAnswer'], body.attentionId));
  return 'accepted';
};

export const recall: CommandHandler<'attention.recall'> = async (acting, body) => {
  const { work, author, time } = acting;
  const row = heldTicket(acting, body);
  const branch = await readBranch(work.tx, row.branchId);
  if (!branch) throw new Refusal('NOT_FOUND');
  const { maximumCalls, recallPauseSeconds } = branch.queueRules;
  const fact = {
    type: 'ticket.recalled',
    moduleName: author.moduleName,
    attempt: row.header.callCount + 1,
    ...byVideo(row.header),
  } as const;
  const act = { type: 'recall', maximumCalls, pauseSeconds: recallPauseSeconds } as const;
  await moveTicket(work, row, act, fact, acting.actor, time);
  await watchAnswer(acting, row, body.attentionId);
  return 'accepted';
};

export const noShow: CommandHandler<'attention.noShow'> = async (acting, body) => {
  const { work, author, time } = acting;
  const row = heldTicket(acting, body);
  const fact =
    body.then === 'cancel'
      ? ({ type: 'ticket.closed', outcome: 'noShow' } as const)
      : ({ type: 'ticket.requeued' } as const);
  await moveTicket(work, row, { type: 'noShow', then: body.then }, fact, acting.actor, time);
  const end = { cause: 'noShow', outcome: body.then === 'cancel' ? ('noShow' as const) : null };
  await endHolding(work, { attentionId: body.attentionId, agentId: author.agentId }, end, time);
  await changeStatus(work, author.agentId, { type: 'attentionEnded' }, time);
  return 'accepted';
};

export const finish: CommandHandler<'attention.finish'> = async (acting, body) => {
  const { work, author, time } = acting;
  const row = ownTicket(author, acting.ticket);
  const { attentionId, epoch } = body;
  if (requireAttention(row.header, { attentionId, epoch, agentId: author.agentId as AgentId })) {
    return supersede(acting, row, body);
  }
  const wasAside = row.header.state === 'paused';
  await moveTicket(work, row, { type: 'finish' }, { type: 'ticket.closed', outcome: 'finished' }, acting.actor, time);
  const end = { cause: 'finished', outcome: 'finished' as const, wasAside };
  await endHolding(work, { attentionId, agentId: author.agentId }, end, time);
  if (!wasAside) await changeOwnStatus(acting, { type: 'attentionEnded' });
  return 'accepted';
};

/** A late finish of an attention that was freed, or of a video whose desk was silent: the outcome stays on it, the ticket goes on with its new holder. */
async function supersede(acting: Acting, row: TicketRow, body: Quoted): Promise<'superseded'> {
  const { work, author, actor, time } = acting;
  const attention = await readAttention(work.tx, body.attentionId);
  const isTheirs = attention?.ticketId === row.id && attention.agentId === author.agentId;
  const wasTaken =
    (attention?.endCause === 'freed' || (attention?.endCause === 'deskSilent' && attention.isBegun)) &&
    attention.outcome === null &&
    attention.epoch === body.epoch;
  if (!isTheirs || !wasTaken) throw new Refusal('STALE_EPOCH');
  work.write(setLateOutcome(work.tx, body.attentionId, 'finished'));
  const event = work.record(row, actor, { type: 'attention.superseded', outcome: 'finished' }, time);
  await tellEvent(work, row, event);
  return 'superseded';
}

export const transferAttention: CommandHandler<'attention.transfer'> = async (acting, body) => {
  const { work, author, time } = acting;
  const row = heldTicket(acting, body);
  const service = await ownService(work, author, body.serviceId);
  if (service.branchId !== row.branchId) throw new Refusal('NOT_FOUND', { field: 'serviceId' });
  await moveTicket(
    work,
    row,
    { type: 'transfer', serviceId: body.serviceId },
    { type: 'ticket.transferred', from: row.header.serviceId, to: body.serviceId, comment: body.comment },
    acting.actor,
    time,
  );
  const end = { cause: 'transferred', outcome: null };
  await endHolding(work, { attentionId: body.attentionId, agentId: author.agentId }, end, time);
  await changeStatus(work, author.agentId, { type: 'attentionEnded' }, time);
  return 'accepted';
};

/** A supervisor gives a ticket back to the line; what the holder still sends of it is kept (`supersede`). */
export const free: CommandHandler<'ticket.free'> = async (acting, body) => {
  const { work, author, time } = acting;
  if (author.role === 'agent') throw new Refusal('FORBIDDEN');
  const row = ownTicket(author, acting.ticket);
  const { holder } = row.header;
  // It went on since: this holding is not the one that was to be ended.
  if (holder?.attentionId !== body.attentionId || !acting.lockedAgents.has(holder.agentId)) {
    throw new Refusal('STALE_EPOCH');
  }
  const wasAside = row.header.state === 'paused';
  const fact = { type: 'ticket.freed', reason: body.reason } as const;
  await moveTicket(work, row, { type: 'free' }, fact, acting.actor, time);
  await endHolding(work, holder, { cause: 'freed', outcome: null, wasAside }, time);
  if (!wasAside) await changeStatus(work, holder.agentId, { type: 'attentionEnded' }, time);
  return 'accepted';
};
