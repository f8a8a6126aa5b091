import { useCallback, useEffect, useState } from 'react';
import type { TicketView } from '../../../bridge/facts.ts';
import type { ErrorBody } from '../../../protocol/error-codes.ts';
import type { TicketId } from '../../../protocol/ids.ts';
import type { TicketHeader } from '../../../protocol/ticket.ts';
import { DeskRefusal } from '../../bridge/desk-refusal.ts';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';
import type { DeskState } from '../../stores/create-desk-store.ts';

export interface OpenedTicketState {
  /** Null until it is here. */
  ticket: TicketView | null;
  error: ErrorBody | null;
  reload: () => void;
}

/**
 * Opening may ask the centre, and every look is on record: a ticket is asked for once, again when a list shows that it has
 * left its place or changed hands, when this desk's pending acts on it changed, and when the line went or came back.
 */
export function useOpenedTicket(ticketId: TicketId): OpenedTicketState {
  const { desk, store } = useDeskServices();
  const opened = useDeskState((state) => state.opened);
  const isUp = useDeskState(({ line }) => line?.state === 'up');
  const row = useDeskState(({ waitingWindow }) => waitingWindow.rows.find(({ header }) => header.id === ticketId));
  const movedTo = useDeskState((state) => (opened?.header.id === ticketId ? placeSince(state, opened.header) : null));
  const pendingIds = useDeskState(({ outbox }) =>
    outbox?.pending
      .filter(({ subject }) => subject.ticketId === ticketId)
      .map(({ id }) => id)
      .join(' '),
  );
  const [error, setError] = useState<ErrorBody | null>(null);
  const [round, setRound] = useState(0);

  useEffect(() => {
    if (movedTo !== null) setRound((last) => last + 1);
  }, [movedTo]);

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
  }, [desk, store, ticketId, pendingIds, isUp, round]);

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

type Lists = Pick<DeskState, 'waiting' | 'waitingWindow' | 'held' | 'heldWindow'>;

/**
 * Where the lists show a ticket now, when that is not where it was opened; null when it is, and where the rows that happen to be
 * loaded do not tell.
 */
function placeSince({ waiting, waitingWindow, held, heldWindow }: Lists, header: TicketHeader): string | null {
  const waitingRows = waiting?.version === waitingWindow.version ? waitingWindow.rows : [];
  const heldRows = held?.version === heldWindow.version ? heldWindow.rows : [];
  const seen = [...waitingRows, ...heldRows].find((row) => row.header.id === header.id)?.header;
  // What was opened may be newer than a list that is still on its way.
  if (seen) return seen.epoch >= header.epoch && placeOf(seen) !== placeOf(header) ? placeOf(seen) : null;
  const [list, { from }, rows] =
    header.state === 'waiting' ? [waiting, waitingWindow, waitingRows] : [held, heldWindow, heldRows];
  const isInList = header.state === 'waiting' || (header.holder !== null && header.closedAt === null);
  const isWhole = list !== null && (list.count === 0 || (from === 0 && rows.length >= list.count));
  return isInList && isWhole ? 'gone' : null;
}

function placeOf({ state, holder }: Pick<TicketHeader, 'state' | 'holder'>): string {
  return `${state} ${holder?.attentionId ?? ''}`;
}
