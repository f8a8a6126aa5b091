import type { TFunction } from 'i18next';
import { Contrast } from 'lucide-react';
import { LANGUAGES } from '../../texts/create-texts.ts';
import type { Kiosk } from './create-kiosk.ts';
import type { KioskState } from './kiosk-state.ts';
import styles from './kiosk.module.css';

export interface KioskFootProps {
  state: KioskState;
  kiosk: Kiosk;
  t: TFunction<'kiosk'>;
  common: TFunction;
}

/** How the customer reads: language and contrast. */
export function KioskFoot({ state, kiosk, t, common }: KioskFootProps) {
  return (
    <footer className={styles.foot}>
      <div role="group" aria-label={common('language')} className={styles.languages}>
        {LANGUAGES.map((language) => (
          <button
            key={language}
            type="button"
            lang={language}
            className={styles.choice}
            aria-pressed={language === state.language}
            onClick={() => kiosk.chooseLanguage(language)}
          >
            {common(`languages.${language}`)}
          </button>
        ))}
      </div>
      <button
        type="button"
        className={styles.choice}
        aria-pressed={state.isHighContrast}
        onClick={kiosk.toggleContrast}
      >
        <Contrast aria-hidden="true" />
        {t('contrast')}
      </button>
    </footer>
  );
}
