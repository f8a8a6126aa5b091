import type { TFunction } from 'i18next';
import { useId, useLayoutEffect, useRef } from 'react';
import styles from './still-there.module.css';
import { TouchButton } from './touch-button.tsx';

export interface StillThereProps {
  secondsLeft: number;
  onStay: () => void;
  t: TFunction<'kiosk'>;
}

/** The last seconds before everything is forgotten. It covers what was written. Any touch stays. */
export function StillThere({ secondsLeft, onStay, t }: StillThereProps) {
  const id = useId();
  const stay = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    stay.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <div role="alertdialog" aria-modal="true" aria-labelledby={id} className={styles.cover}>
      <div className={styles.box}>
        <h2 id={id}>{t('stillThere')}</h2>
        <p aria-hidden="true">{t('startsOverIn', { count: secondsLeft })}</p>
        <TouchButton ref={stay} look="primary" onClick={onStay}>
          {t('needMoreTime')}
        </TouchButton>
      </div>
    </div>
  );
}
