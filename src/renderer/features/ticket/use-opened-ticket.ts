import { useCallback, useEffect, useState } from 'react';
import type { TicketView } from '../../../bridge/facts.ts';
import type { ErrorBody } from '../../../protocol/error-codes.ts';
import type { TicketId } from '../../../protocol/ids.ts';
import { DeskRefusal } from '../../bridge/desk-refusal.ts';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';

export interface OpenedTicketState {
  /** Null until it is here. */
  ticket: TicketView | null;
  error: ErrorBody | null;
  reload: () => void;
}

/**
 * Opening may ask the centre, and every look is on record: a ticket is asked for once, again when it left the line or
 * changed hands while it was looked at, when this desk's pending acts on it changed, and when the line went or came back.
 */
export function useOpenedTicket(ticketId: TicketId): OpenedTicketState {
  const { desk, store } = useDeskServices();
  const opened = useDeskState((state) => state.opened);
  const isUp = useDeskState(({ line }) => line?.state === 'up');
  const row = useDeskState(({ waitingWindow }) => waitingWindow.rows.find(({ header }) => header.id === ticketId));
  const isGone = useDeskState(
    ({ waiting, waitingWindow: { from, rows } }) =>
      from === 0 && rows.length >= (waiting?.count ?? 0) && !rows.some(({ header }) => header.id === ticketId),
  );
  const holding = useDeskState(({ heldWindow }) => {
    const held = heldWindow.rows.find(({ header }) => header.id === ticketId)?.header;
    return held && `${held.holder.attentionId} ${held.state}`;
  });
  const pendingIds = useDeskState(({ outbox }) =>
    outbox?.pending
      .filter(({ subject }) => subject.ticketId === ticketId)
      .map(({ id }) => id)
      .join(' '),
  );
  const [error, setError] = useState<ErrorBody | null>(null);
  const [round, setRound] = useState(0);

  useEffect(() => {
    let isCurrent = true;
    desk.call('ticket.open', { ticketId }).then(
      (view) => {
        if (!isCurrent) return;
        setError(null);
        store.getState().ticketOpened(view);
      },
      (refusal: unknown) => {
        if (isCurrent && refusal instanceof DeskRefusal) setError(refusal.body);
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [desk, store, ticketId, isGone, holding, pendingIds, isUp, round]);

  const ticket = opened?.header.id === ticketId ? opened : null;
  return {
    // The row in view is newer than what was opened, unless its list is not in view any more and the ticket was called since.
    ticket:
      ticket && row && row.header.epoch >= ticket.header.epoch
        ? { ...ticket, header: row.header, reasons: row.reasons }
        : ticket,
    error,
    reload: useCallback(() => setRound((last) => last + 1), []),
  };
}
