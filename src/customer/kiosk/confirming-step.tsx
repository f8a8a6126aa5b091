import type { TFunction } from 'i18next';
import { WifiOff } from 'lucide-react';
import styles from './confirming-step.module.css';
import type { Kiosk } from './create-kiosk.ts';
import { TouchButton } from './touch-button.tsx';

export interface ConfirmingStepProps {
  serviceName: string;
  kiosk: Kiosk;
  t: TFunction<'kiosk'>;
}

/**
 * The line was lost before the answer: says so, that the kiosk goes on asking, and what somebody who leaves may
 * expect.
 */
export function ConfirmingStep({ serviceName, kiosk, t }: ConfirmingStepProps) {
  return (
    <div className={styles.step}>
      <div role="status" aria-busy="true" className={styles.words}>
        <WifiOff aria-hidden="true" />
        <p className={styles.service}>{serviceName}</p>
        <h1>{t('confirming.title')}</h1>
        <p className={styles.detail}>{t('confirming.detail')}</p>
        <p className={styles.other}>{t('confirming.other')}</p>
      </div>
      <TouchButton look="secondary" onClick={kiosk.reset}>
        {t('confirming.leave')}
      </TouchButton>
    </div>
  );
}
