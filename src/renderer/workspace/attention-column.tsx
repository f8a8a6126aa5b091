import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { callState } from '../../domain/views/call-state.ts';
import { AttentionView } from '../features/attending/attention-view.tsx';
import { CallCard } from '../features/calling/call-card.tsx';
import { IdleView } from '../features/idle/idle-view.tsx';
import { IncomingOffer } from '../features/relay/incoming-offer.tsx';
import { OpenedTicket } from '../features/ticket/opened-ticket.tsx';
import { VideoView } from '../features/video/video-view.tsx';
import { useDeskState } from '../start/desk-context.ts';
import styles from './workspace.module.css';

/** Column 2: the ticket opened from a list, else the one in hand, else who is next. */
export function AttentionColumn() {
  const { t } = useTranslation('workspace');
  const region = useRef<HTMLElement>(null);
  const openedTicketId = useDeskState((state) => state.openedTicketId);
  const current = useDeskState((state) => state.current);
  const ticket = current?.ticket ?? null;
  const state = ticket && callState(ticket.header);
  const isOpenedElsewhere = openedTicketId !== null && openedTicketId !== ticket?.header.id;
  const shown = isOpenedElsewhere ? `opened ${openedTicketId}` : `${state ?? 'idle'} ${ticket?.header.id}`;

  // What had the focus may have gone with the view: the keyboard stays in this column.
  useEffect(() => {
    if (document.activeElement === document.body) region.current?.focus({ preventScroll: true });
  }, [shown]);

  return (
    <section ref={region} tabIndex={-1} aria-label={t('regions.attention')} className={styles.attention}>
      <IncomingOffer />
      {isOpenedElsewhere ? (
        <OpenedTicket key={openedTicketId} ticketId={openedTicketId} />
      ) : ticket && state !== null && ticket.header.kind === 'virtual' ? (
        <VideoView key={ticket.header.id} ticket={ticket} />
      ) : ticket && state === 'calling' ? (
        <CallCard key={ticket.header.id} ticket={ticket} recallFrom={current?.recallFrom ?? null} />
      ) : ticket && state === 'attending' ? (
        <AttentionView key={ticket.header.id} ticket={ticket} />
      ) : (
        <IdleView />
      )}
    </section>
  );
}
