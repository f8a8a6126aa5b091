import type { TicketView } from '../../../bridge/facts.ts';
import { ActError } from '../ticket/act-error.tsx';
import { TimelinePanel } from '../ticket/timeline-panel.tsx';
import { AttentionHeader } from './attention-header.tsx';
import styles from './attention-view.module.css';
import { NotePanel } from './note-panel.tsx';
import { TopicsPanel } from './topics-panel.tsx';
import { useFinish } from './use-finish.ts';

export interface AttentionViewProps {
  ticket: TicketView;
}

/** The attention in hand: what is it about, what was done, what happened so far (S2-27, S4-06). */
export function AttentionView({ ticket }: AttentionViewProps) {
  const finish = useFinish(ticket.header);
  return (
    <>
      <AttentionHeader ticket={ticket} onFinish={finish.start} isFinishing={finish.isRunning} />
      <ActError error={finish.error} onClose={finish.forgetError} />
      <div className={styles.body}>
        <div className={styles.form}>
          <TopicsPanel ticket={ticket} />
          <NotePanel ticketId={ticket.header.id} />
        </div>
        <div className={styles.timeline}>
          <TimelinePanel lines={ticket.timeline} isFilling />
        </div>
      </div>
    </>
  );
}
