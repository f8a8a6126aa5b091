import { ArrowRightLeft, Ban, CloudOff, ListRestart, QrCode, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '../../../bridge/facts.ts';
import { Button } from '../../../web/ui/button.tsx';
import { IconButton } from '../../../web/ui/icon-button.tsx';
import { Panel } from '../../../web/ui/panel.tsx';
import { NotePanel } from '../attending/note-panel.tsx';
import { useDeskState } from '../../start/desk-context.ts';
import { keptNote } from '../../stores/kept-note.ts';
import { transferOf } from '../transfer/transfer-of.ts';
import { Concealed } from '../masking/concealed.tsx';
import { useIsOthers } from '../masking/use-is-others.ts';
import { ActError } from './act-error.tsx';
import { customerDocument } from './customer-document.ts';
import { customerName } from './customer-name.ts';
import { SlowAnswer } from './slow-answer.tsx';
import { TicketFacts } from './ticket-facts.tsx';
import { TicketStateChip } from './ticket-state-chip.tsx';
import { TicketSubject } from './ticket-subject.tsx';
import styles from './ticket-preview.module.css';
import { TimelinePanel } from './timeline-panel.tsx';
import { ReadinessChip } from './readiness-chip.tsx';
import { useCallTicket } from './use-call-ticket.ts';
import { useReadinessWords } from './use-readiness-words.ts';
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
  const { t: videoText } = useTranslation('videoCall');
  const { t: workspaceText } = useTranslation('workspace');
  const { t: common } = useTranslation('common');
  const { header } = ticket;
  const { readiness } = header;
  const readinessWords = useReadinessWords();
  const isManual = useDeskState(({ status }) => status?.status.isManual ?? false);
  const isMine = useDeskState(({ handled }) => handled?.tickets.some(({ id }) => id === header.id) ?? false);
  const hasNote = useDeskState((state) => (state.notes[header.id]?.text ?? keptNote(state, header.id)) !== '');
  const isHidden = useIsOthers(header.id);
  const [isWriting, setIsWriting] = useState(hasNote);
  // Whoever deletes the last letter goes on writing: the field stays as long as the ticket is looked at.
  if (hasNote && !isWriting) setIsWriting(true);
  const openDialog = useDeskState((state) => state.openDialog);
  const openTicket = useDeskState((state) => state.openTicket);
  const needsLine = useLineReason();
  const busy = useBusyReason();
  const call = useCallTicket();
  const iconOr = (icon: ReactNode): ReactNode => (needsLine === undefined ? icon : <CloudOff size={16} aria-hidden />);
  const about = { ticketId: header.id, turnCode: header.turnCode };

  return (
    <>
      <header className={styles.header}>
        <TicketSubject
          header={header}
          state={<TicketStateChip header={header} />}
          mark={readiness && <ReadinessChip readiness={readiness} />}
          facts={[
            !isHidden && (customerName(ticket) ?? common('noName')),
            !isHidden && customerDocument(ticket),
            readiness && readinessWords(readiness),
          ]}
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
                  onPress={() => void call.call(header).then(onChanged)}
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
            {header.kind === 'virtual' && (
              <Button
                icon={iconOr(<QrCode size={16} aria-hidden />)}
                unavailable={needsLine}
                onPress={() => openDialog({ type: 'inviteGuest', ...about })}
              >
                {videoText('qr')}
              </Button>
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
        <Concealed>
          {(isMine || isWriting) && <NotePanel ticketId={header.id} />}
          <TimelinePanel lines={ticket.timeline} />
        </Concealed>
      </div>
    </>
  );
}
