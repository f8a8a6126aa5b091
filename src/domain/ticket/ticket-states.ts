import type { TicketState } from '../../protocol/ticket.ts';

/** Names of the acts that move a ticket; `next-ticket.ts` says what each one carries. */
export type TicketActType =
  | 'call'
  | 'recall'
  | 'begin'
  | 'finish'
  | 'noShow'
  | 'return'
  | 'requeue'
  | 'cancel'
  | 'transfer'
  | 'free'
  | 'attendNow'
  | 'resume'
  | 'passOn'
  | 'hop'
  | 'block';

/**
 * The states that an act can lead to, by the state in which it finds the ticket. An act that is absent is refused with
 * WRONG_STATE [TK1].
 */
export const ticketTransitions: Record<TicketState, Partial<Record<TicketActType, readonly TicketState[]>>> = {
  scheduled: {},
  bot: {},
  outOfHours: {},
  waiting: {
    call: ['calling'],
    attendNow: ['attending', 'paused'],
    requeue: ['waiting'],
    transfer: ['waiting'],
    cancel: ['closed'],
    hop: ['waiting'],
  },
  calling: {
    recall: ['calling'],
    begin: ['attending'],
    noShow: ['closed', 'waiting'],
    block: ['closed'],
    return: ['waiting'],
    free: ['waiting'],
  },
  attending: {
    finish: ['closed'],
    transfer: ['waiting'],
    return: ['waiting'],
    free: ['waiting'],
    passOn: ['attending'],
    block: ['closed'],
  },
  paused: {
    resume: ['attending'],
    finish: ['closed'],
    free: ['waiting'],
  },
  closed: {},
};
