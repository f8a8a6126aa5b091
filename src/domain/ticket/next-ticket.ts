import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { AgentId, AttentionId, ServiceId } from '../../protocol/ids.ts';
import type { Instant } from '../../protocol/instant.ts';
import type { Holder, TicketHeader, TicketKind, TicketOutcome } from '../../protocol/ticket.ts';
import { lineSince } from '../queue/line-since.ts';
import { ticketTransitions } from './ticket-states.ts';

/** What can be done to a ticket. Who may do it, and with which attention, is decided before. */
export type TicketAct =
  | { type: 'call'; holder: Omit<Holder, 'epoch'> }
  | { type: 'recall'; maximumCalls: number; pauseSeconds: number }
  | { type: 'begin' }
  | { type: 'finish' }
  | { type: 'noShow'; then: 'cancel' | 'requeue' }
  | { type: 'return' }
  | { type: 'requeue' }
  | { type: 'cancel' }
  | { type: 'transfer'; serviceId: ServiceId }
  | { type: 'free' }
  /** `isAside`: its agent has another ticket in hand by now, or sits in another branch [TK12]. */
  | { type: 'attendNow'; holder: Omit<Holder, 'epoch'>; isAside: boolean }
  /** What was laid aside is in its agent's hand, at the module where they sit now. */
  | { type: 'resume'; moduleId: Holder['moduleId'] }
  /** Another agent goes on with it [TK14]. */
  | { type: 'passOn'; holder: Omit<Holder, 'epoch'> }
  /** The guest of a video is put out for good [TK15]. */
  | { type: 'block' }
  /** To the video, or back to the counter [PT1]. */
  | { type: 'hop'; to: HopKind };

/** The kinds between which a customer passes while waiting. */
export type HopKind = Extract<TicketKind, 'turn' | 'virtual'>;

export type NextTicket = { ticket: TicketHeader } | { refused: ErrorCode };

/**
 * The one machine of a ticket: the ticket after an act, or why the act is refused [TK1]. Each state carries only what is
 * true in it [TK2].
 */
export function nextTicket(header: TicketHeader, act: TicketAct, at: Instant): NextTicket {
  if (!ticketTransitions[header.state][act.type]) return { refused: 'WRONG_STATE' };
  switch (act.type) {
    case 'call':
      return {
        ticket: {
          ...taken(header, act.holder),
          state: 'calling',
          calledAt: at,
          lastCalledAt: at,
          callCount: 1,
        },
      };
    case 'recall': {
      if (header.callCount >= act.maximumCalls) return { refused: 'TOO_MANY_RECALLS' };
      if (header.lastCalledAt !== null && at - header.lastCalledAt < act.pauseSeconds * 1000) {
        return { refused: 'TOO_SOON' };
      }
      return { ticket: { ...header, lastCalledAt: at, callCount: header.callCount + 1 } };
    }
    case 'begin':
      return { ticket: { ...header, state: 'attending', attendingSince: at } };
    case 'finish':
      return { ticket: closed(header, 'finished', at) };
    case 'noShow':
      return { ticket: act.then === 'cancel' ? closed(header, 'noShow', at) : requeued(header, at) };
    case 'return':
      // A customer at the counter stands there, whatever the desk's line does.
      if (header.state === 'attending' && header.kind !== 'virtual') return { refused: 'WRONG_STATE' };
      return { ticket: backInLine(header) };
    case 'free':
      return { ticket: backInLine(header) };
    case 'requeue':
      return { ticket: requeued(header, at) };
    case 'cancel':
      return { ticket: closed(header, 'cancelled', at) };
    case 'transfer':
      if (act.serviceId === header.serviceId) return { refused: 'WRONG_STATE' };
      return { ticket: { ...backInLine(header), serviceId: act.serviceId, transferredFrom: header.serviceId } };
    case 'attendNow':
      if (header.origin !== 'desk' || header.epoch > 0) return { refused: 'WRONG_STATE' };
      return {
        ticket: { ...taken(header, act.holder), state: act.isAside ? 'paused' : 'attending', attendingSince: at },
      };
    case 'resume':
      if (!header.holder) return { refused: 'WRONG_STATE' };
      return { ticket: { ...header, state: 'attending', holder: { ...header.holder, moduleId: act.moduleId } } };
    case 'block':
      if (header.kind !== 'virtual') return { refused: 'WRONG_STATE' };
      return { ticket: closed(header, 'cancelled', at) };
    case 'passOn':
      return { ticket: taken(header, act.holder) };
    case 'hop':
      return hopped(header, act.to);
  }
}

/** Null when the attention is the one that holds the ticket now; a command of an older one is stale [TK10]. */
export function requireAttention(
  header: TicketHeader,
  attention: { attentionId: AttentionId; epoch: number; agentId: AgentId },
): null | 'STALE_EPOCH' {
  const { holder } = header;
  const isHeldByIt =
    holder !== null &&
    holder.attentionId === attention.attentionId &&
    holder.epoch === attention.epoch &&
    holder.agentId === attention.agentId;
  return isHeldByIt ? null : 'STALE_EPOCH';
}

/** The kind alone is another one: code, number and clock stay. What was told of the equipment goes with the video. */
function hopped(header: TicketHeader, to: HopKind): NextTicket {
  if (header.kind !== 'turn' && header.kind !== 'virtual') return { refused: 'WRONG_STATE' };
  if (header.kind === to) return { ticket: header };
  const { readiness: _, ...rest } = header;
  return { ticket: { ...rest, kind: to, hops: (header.hops ?? 0) + 1 } };
}

function taken(header: TicketHeader, holder: Omit<Holder, 'epoch'>): TicketHeader {
  const epoch = header.epoch + 1;
  return { ...header, epoch, holder: { ...holder, epoch } };
}

function backInLine(header: TicketHeader): TicketHeader {
  return {
    ...header,
    state: 'waiting',
    holder: null,
    calledAt: null,
    lastCalledAt: null,
    callCount: 0,
    attendingSince: null,
  };
}

function requeued(header: TicketHeader, at: Instant): TicketHeader {
  const waited = at - lineSince(header);
  return {
    ...backInLine(header),
    waitingSince: waited > 0 ? at - Math.floor(waited / 2) : header.waitingSince,
    requeues: header.requeues + 1,
  };
}

/** The times of the last holding stay: a closed ticket is their record. */
function closed(header: TicketHeader, outcome: TicketOutcome, at: Instant): TicketHeader {
  const { readiness: _, ...record } = header;
  return { ...record, state: 'closed', outcome, holder: null, closedAt: at };
}
