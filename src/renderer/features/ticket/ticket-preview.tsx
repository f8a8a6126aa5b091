import { ArrowRightLeft, Ban, CloudOff, ListRestart, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '../../../bridge/facts.ts';
import { Button } from '../../../web/ui/button.tsx';
import { IconButton } from '../../../web/ui/icon-button.tsx';
import { Panel } from '../../../web/ui/panel.tsx';
import { NotePanel } from '../attending/note-panel.tsx';
import { useDeskState } from '../../start/desk-context.ts';
import { useAct } from '../../start/use-call.ts';
import { keptNote } from '../../stores/kept-note.ts';
import { transferOf } from '../transfer/transfer-of.ts';
import { ActError } from './act-error.tsx';
import { customerDocument } from './customer-document.ts';
import { customerName } from './customer-name.ts';
import { SlowAnswer } from './slow-answer.tsx';
import { TicketFacts } from './ticket-facts.tsx';
import { TicketStateChip } from './ticket-state-chip.tsx';
import { TicketSubject } from './ticket-subject.tsx';
import styles from './ticket-preview.module.css';
import { TimelinePanel } from './timeline-panel.tsx';
import { useBusyReason } from './use-busy-reason.ts';
import { useLineReason } from './use-line-reason.ts';
import { Why } from './why.tsx';

export interface TicketPreviewProps {
  ticket: TicketView;
  /** After an act that may have changed it. */
  onChanged: () => void;
}

/** A ticket that is not in hand: what it is, what happened, and what may be done about it (S2-21 to S2-23). */
export function TicketPreview({ ticket, onChanged }: TicketPreviewProps) {
  const { t } = useTranslation('attention');
  const { t: workspaceText } = useTranslation('workspace');
  const { t: common } = useTranslation('common');
  const { header } = ticket;
  const isManual = useDeskState(({ status }) => status?.status.isManual ?? false);
  const isMine = useDeskState(({ handled }) => handled?.tickets.some(({ id }) => id === header.id) ?? false);
  const hasNote = useDeskState((state) => (state.notes[header.id]?.text ?? keptNote(state, header.id)) !== '');
  const [isWriting, setIsWriting] = useState(hasNote);
  // Whoever deletes the last letter goes on writing: the field stays as long as the ticket is looked at.
  if (hasNote && !isWriting) setIsWriting(true);
  const openDialog = useDeskState((state) => state.openDialog);
  const openTicket = useDeskState((state) => state.openTicket);
  const needsLine = useLineReason();
  const busy = useBusyReason();
  const call = useAct();
  const iconOr = (icon: ReactNode): ReactNode => (needsLine === undefined ? icon : <CloudOff size={16} aria-hidden />);
  const about = { ticketId: header.id, turnCode: header.turnCode };

  return (
    <>
      <header className={styles.header}>
        <TicketSubject
          header={header}
          state={<TicketStateChip header={header} />}
          facts={[customerName(ticket) ?? common('noName'), customerDocument(ticket)]}
        >
          <IconButton label={workspaceText('opened.close')} onPress={() => openTicket(null)}>
            <X size={18} aria-hidden />
          </IconButton>
        </TicketSubject>
        {header.state === 'waiting' && (
          <div className={styles.buttons}>
            {isManual && (
              <>
                <Button
                  variant="primary"
                  shortcut="F2"
                  icon={iconOr(undefined)}
                  unavailable={needsLine ?? busy}
                  onPress={() => void call.run({ type: 'ticket.call', ticketId: header.id }).then(onChanged)}
                >
                  {t('attend')}
                </Button>
                <Button
                  icon={iconOr(<ArrowRightLeft size={16} aria-hidden />)}
                  unavailable={needsLine}
                  onPress={() => openDialog(transferOf(header, false))}
                >
                  {t('transfer')}
                </Button>
              </>
            )}
            <Button
              icon={iconOr(<ListRestart size={16} aria-hidden />)}
              unavailable={needsLine}
              onPress={() => openDialog({ type: 'requeueTicket', ...about })}
            >
              {t('requeueTicket')}
            </Button>
            <Button
              variant="dangerOutlined"
              icon={iconOr(<Ban size={16} aria-hidden />)}
              unavailable={needsLine}
              onPress={() => openDialog({ type: 'cancelTicket', ...about })}
            >
              {t('cancelTicket')}
            </Button>
            <SlowAnswer isRunning={call.isRunning} />
          </div>
        )}
      </header>
      <ActError error={call.error} onClose={call.forgetError} />
      <div className={styles.body}>
        <Panel title={workspaceText('opened.facts')}>
          <TicketFacts header={header} />
          {header.state === 'waiting' && (
            <div className={styles.why}>
              <Why label={workspaceText('opened.why')} reasons={ticket.reasons} />
            </div>
          )}
        </Panel>
        {(isMine || isWriting) && <NotePanel ticketId={header.id} />}
        <TimelinePanel lines={ticket.timeline} />
      </div>
    </>
  );
}
