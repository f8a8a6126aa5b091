import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import type { Formats } from '../../texts/create-formats.ts';
import { Ficha } from '../../web/ui/ficha.tsx';
import type { Kiosk } from './create-kiosk.ts';
import type { KioskStep } from './kiosk-state.ts';
import { qrPath } from '../../web/ui/qr-path.ts';
import styles from './ticket-step.module.css';
import { TouchButton } from './touch-button.tsx';

export interface TicketStepProps {
  step: Extract<KioskStep, { name: 'ticket' }>;
  secondsLeft: number | null;
  kiosk: Kiosk;
  t: TFunction<'kiosk'>;
  common: TFunction;
  formats: Formats;
}

/** The ticket: its code, what it means, and the way to follow it on a phone. No word about who took it. */
export function TicketStep({ step, secondsLeft, kiosk, t, common, formats }: TicketStepProps) {
  const { code, position, range, turnUrl } = step.ticket;
  const isVideo = step.serviceKind === 'video';
  const qr = useMemo(() => qrPath(turnUrl), [turnUrl]);
  return (
    <div className={styles.step}>
      <div className={styles.ticket}>
        <p className={styles.yourTurn}>{t('ticket.yourTurn')}</p>
        <div className={styles.ficha} data-digits={code.length - 2}>
          <Ficha code={code} size={260} as="h1" />
        </div>
        <p className={styles.service}>{step.serviceName}</p>
      </div>
      <dl className={styles.facts}>
        <div>
          <dt>{t('ticket.before')}</dt>
          <dd>{t('ticket.people', { count: position - 1 })}</dd>
        </div>
        <div>
          <dt>{t('ticket.wait')}</dt>
          <dd>{range === null ? common('unknown') : formats.range(range)}</dd>
        </div>
      </dl>
      <div className={styles.follow}>
        <svg
          role="img"
          aria-label={t('ticket.qr', { code })}
          viewBox={`0 0 ${qr.side} ${qr.side}`}
          shapeRendering="crispEdges"
        >
          <path d={`M0 0h${qr.side}v${qr.side}H0z`} fill="#fff" />
          <path d={qr.path} fill="#000" />
        </svg>
        <div>
          <h2>{t(isVideo ? 'ticket.enterVideo' : 'ticket.follow')}</h2>
          <p>{t(isVideo ? 'ticket.enterVideoDetail' : 'ticket.followDetail')}</p>
        </div>
      </div>
      {!isVideo && <p className={styles.announce}>{t('ticket.announce')}</p>}
      <div className={styles.leave}>
        <TouchButton look="primary" onClick={kiosk.reset}>
          {t('ticket.done')}
        </TouchButton>
        <p aria-hidden="true">{secondsLeft !== null && t('ticket.closesIn', { count: secondsLeft })}</p>
      </div>
    </div>
  );
}
