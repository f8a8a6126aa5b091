import { useEffect, useRef } from 'react';
import { CloudOff, Megaphone, UserX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '../../../bridge/facts.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Ficha } from '../../../web/ui/ficha.tsx';
import { useNow } from '../../start/desk-context.ts';
import { isTyping } from '../../start/is-typing.ts';
import { useAct } from '../../start/use-call.ts';
import { useFormats } from '../../start/use-formats.ts';
import { useService, useWorking } from '../../start/use-working.ts';
import { ActError } from '../ticket/act-error.tsx';
import { customerDocument } from '../ticket/customer-document.ts';
import { customerName } from '../ticket/customer-name.ts';
import { SlowAnswer } from '../ticket/slow-answer.tsx';
import { TimelinePanel } from '../ticket/timeline-panel.tsx';
import { useLineReason } from '../ticket/use-line-reason.ts';
import { Why } from '../ticket/why.tsx';
import styles from './call-card.module.css';
import { NoShowMenu } from './no-show-menu.tsx';

const SECOND_MS = 1_000;

export interface CallCardProps {
  ticket: TicketView;
  /** Earliest instant of the next call; null when none is left. */
  recallFrom: number | null;
}

/** "Pantalla de llamada": who is called, for the how-manieth time, and what to do about it (S2-24). */
export function CallCard({ ticket, recallFrom }: CallCardProps) {
  const { t } = useTranslation('attention');
  const { t: common } = useTranslation('common');
  const { t: errorText } = useTranslation('errors');
  const formats = useFormats();
  const now = useNow(recallFrom);
  const { module, branch } = useWorking();
  const { header } = ticket;
  const service = useService(header.serviceId);
  const needsLine = useLineReason();
  const act = useAct();
  // A call asks for the keyboard, but never takes it from somebody who is writing or from an open dialog.
  const foot = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isTyping() && !document.activeElement?.closest('[role=dialog]'))
      foot.current?.querySelector('button')?.focus({ focusVisible: true });
  }, []);

  const { maximumCalls, recallPauseSeconds } = branch.queueRules;
  // The screen's second may lag behind the call by one: never more than the pause itself is shown.
  const pause = recallFrom === null ? 0 : Math.min(recallFrom - now, recallPauseSeconds * SECOND_MS);
  const recallReason =
    needsLine ??
    (recallFrom === null
      ? t('recallsSpent', { maximum: maximumCalls })
      : pause > 0
        ? errorText('TOO_SOON')
        : undefined);

  return (
    <div className={styles.page}>
      <section className={styles.card} aria-labelledby="called-name">
        <div className={styles.band}>
          <Megaphone size={18} aria-hidden />
          <strong>{t('calling')}</strong>
          <span>{t('callingDetail', { attempt: header.callCount, maximum: maximumCalls })}</span>
          <span className={styles.timer}>{formats.timer(now - (header.lastCalledAt ?? now))}</span>
        </div>
        <div className={styles.body}>
          <div className={styles.who}>
            <Ficha code={header.turnCode} size={56} />
            <div className={styles.words}>
              <h2 id="called-name" className={styles.name}>
                {customerName(ticket) ?? common('noName')}
              </h2>
              <p className={styles.service}>
                {service?.name}
                {header.appointmentAt !== null && (
                  <span>{` · ${t('appointmentAt', { hour: formats.hour(header.appointmentAt) })}`}</span>
                )}
              </p>
              <p className={styles.detail}>
                {customerDocument(ticket) ?? common('noDocument')}
                {` · ${t('comesTo')} `}
                <strong>{module.name}</strong>
              </p>
            </div>
          </div>
          <Why label={t('whyNow')} reasons={ticket.reasons} />
        </div>
        <ActError error={act.error} onClose={act.forgetError} />
        <div ref={foot} className={styles.foot}>
          <Button
            variant="primary"
            size="large"
            shortcut="F2"
            unavailable={needsLine}
            onPress={() => void act.run({ type: 'attention.begin', ticketId: header.id })}
          >
            {t('attend')}
          </Button>
          <Button
            size="large"
            icon={needsLine === undefined ? <Megaphone size={18} aria-hidden /> : <CloudOff size={18} aria-hidden />}
            figure={pause > 0 ? formats.seconds(pause) : undefined}
            unavailable={recallReason}
            onPress={() => void act.run({ type: 'attention.recall', ticketId: header.id })}
          >
            {t('recall')}
          </Button>
          <SlowAnswer isRunning={act.isRunning} />
          <div className={styles.apart}>
            <NoShowMenu
              unavailable={needsLine}
              icon={needsLine === undefined ? <UserX size={18} aria-hidden /> : <CloudOff size={18} aria-hidden />}
              onChoose={(then) => void act.run({ type: 'attention.noShow', ticketId: header.id, then })}
            />
          </div>
        </div>
      </section>
      <TimelinePanel lines={ticket.timeline} />
    </div>
  );
}
