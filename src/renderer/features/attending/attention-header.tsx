import { ArrowRightLeft, CloudOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '../../../bridge/facts.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Chip } from '../../../web/ui/chip.tsx';
import { classNames } from '../../../web/ui/class-names.ts';
import { useDeskState, useNow } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';
import { useService } from '../../start/use-working.ts';
import { customerName } from '../ticket/customer-name.ts';
import { SlowAnswer } from '../ticket/slow-answer.tsx';
import { TicketSubject } from '../ticket/ticket-subject.tsx';
import { useLineReason } from '../ticket/use-line-reason.ts';
import { transferOf } from '../transfer/transfer-of.ts';
import styles from './attention-view.module.css';

const MINUTE_MS = 60_000;

export interface AttentionHeaderProps {
  ticket: TicketView;
  onFinish: () => void;
  isFinishing: boolean;
}

/** Code, state, service, how long it takes, and the two ways to end it (S2-27, S2-30). */
export function AttentionHeader({ ticket, onFinish, isFinishing }: AttentionHeaderProps) {
  const { t } = useTranslation('attention');
  const { t: ticketText } = useTranslation('tickets');
  const { t: common } = useTranslation('common');
  const formats = useFormats();
  const now = useNow();
  const { header } = ticket;
  const service = useService(header.serviceId);
  const needsLine = useLineReason();
  const openDialog = useDeskState((state) => state.openDialog);
  // A video lives on the line: it cannot be finished without it.
  const finishNeedsLine = service?.kind === 'video' || header.kind === 'virtual' ? needsLine : undefined;

  const elapsed = now - (header.attendingSince ?? now);
  const goal = (service?.minutes ?? 0) * MINUTE_MS;
  const facts = [
    customerName(ticket) ?? common('noName'),
    header.appointmentAt === null
      ? t('turnTakenAt', { hour: formats.when(header.createdAt, now) })
      : ticketText('appointmentAt', { hour: formats.hour(header.appointmentAt) }),
    header.calledAt !== null && t('calledAt', { hour: formats.hour(header.calledAt) }),
  ];

  return (
    <header className={styles.header}>
      <TicketSubject
        header={header}
        state={<Chip status="attending">{t('attending')}</Chip>}
        mark={ticket.isPending && <Chip>{common('pending')}</Chip>}
        facts={facts}
      />
      <div className={styles.time}>
        <p
          role="timer"
          aria-label={t('elapsed')}
          className={classNames(styles.elapsed, goal > 0 && elapsed > goal && styles.over)}
        >
          {formats.timer(elapsed)}
        </p>
        {goal > 0 && <p className={styles.goal}>{t('goal', { time: formats.timer(goal) })}</p>}
      </div>
      <div className={styles.buttons}>
        <Button
          variant="primary"
          shortcut="F4"
          icon={finishNeedsLine !== undefined && <CloudOff size={16} aria-hidden />}
          unavailable={finishNeedsLine}
          onPress={onFinish}
        >
          {t('finish')}
        </Button>
        <Button
          icon={needsLine === undefined ? <ArrowRightLeft size={16} aria-hidden /> : <CloudOff size={16} aria-hidden />}
          unavailable={needsLine}
          onPress={() => openDialog(transferOf(header, true))}
        >
          {t('transfer')}
        </Button>
        <SlowAnswer isRunning={isFinishing} />
      </div>
    </header>
  );
}
