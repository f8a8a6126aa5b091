import type { CurrentFact, NoticeFact, StatusFact, WaitingFact } from '../../bridge/facts.ts';
import type { AttentionId, TicketId } from '../../protocol/ids.ts';
import type { ApplyOutcome } from '../cache/apply-frame.ts';
import type { SupersededRow } from '../cache/outbox-entry.ts';

/** Makes the things to tell the agent once out of how the facts move. */
export function createNotices(raise: (notice: NoticeFact) => void) {
  let called: { ticketId: TicketId; attentionId: AttentionId; turnCode: string } | null = null;
  let isFirstLook = true;
  let waiting: number | null = null;
  let status: StatusFact['status'] | null = null;
  const ownCalls = new Set<TicketId>();
  const returnCauses = new Map<TicketId, string>();

  return {
    /** The agent calls this ticket by hand: its call is not automatic. */
    calledByHand: (id: TicketId): void => {
      ownCalls.add(id);
    },
    applied: ({ returned }: ApplyOutcome): void => {
      for (const { ticketId, cause } of returned) returnCauses.set(ticketId, cause);
    },
    current: ({ ticket }: CurrentFact): void => {
      const header = ticket?.header.state === 'calling' ? ticket.header : null;
      const before = called;
      called = header?.holder
        ? { ticketId: header.id, attentionId: header.holder.attentionId, turnCode: header.turnCode }
        : null;
      const cause = before && returnCauses.get(before.ticketId);
      if (before && called?.attentionId !== before.attentionId && cause !== undefined) {
        raise({ type: 'returned', turnCode: before.turnCode, cause: cause ?? '' });
      }
      if (called && called.attentionId !== before?.attentionId) {
        raise({
          type: 'called',
          ticketId: called.ticketId,
          turnCode: called.turnCode,
          isAutomatic: !ownCalls.delete(called.ticketId),
        });
      }
      if (!called) returnCauses.clear();
    },
    status: (fact: StatusFact): void => {
      const isApplied = fact.status.cause === 'nextState' && status !== null && status.state !== fact.status.state;
      status = fact.status;
      if (isApplied) raise({ type: 'statusApplied', state: fact.status.state });
    },
    waiting: ({ count, next }: WaitingFact): void => {
      if (next && waiting === 0 && !isFirstLook) raise({ type: 'firstWaiting', turnCode: next.header.turnCode });
      waiting = count;
      isFirstLook = false;
    },
    /** An act about a ticket came after it had passed on; one about no ticket, after the agent had done something newer. */
    superseded: ({ subject: { ticketId, turnCode }, type }: SupersededRow): void => {
      const act = type === 'status.chooseNext' || type === 'status.setManual' ? type : 'status.choose';
      raise(ticketId === null ? { type: 'statusSuperseded', act } : { type: 'superseded', turnCode: turnCode ?? '' });
    },
    /** Another agent, another story. */
    forget: (): void => {
      called = null;
      waiting = null;
      status = null;
      isFirstLook = true;
      ownCalls.clear();
      returnCauses.clear();
    },
  };
}
