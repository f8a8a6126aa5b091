import type { TFunction } from 'i18next';
import { Contrast } from 'lucide-react';
import { LANGUAGES } from '../../texts/create-texts.ts';
import type { Kiosk } from './create-kiosk.ts';
import type { KioskState } from './kiosk-state.ts';
import styles from './kiosk-foot.module.css';
import { TouchButton } from './touch-button.tsx';

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
          <TouchButton
            key={language}
            look="choice"
            lang={language}
            aria-pressed={language === state.language}
            onClick={() => kiosk.chooseLanguage(language)}
          >
            {common(`languages.${language}`)}
          </TouchButton>
        ))}
      </div>
      <TouchButton look="choice" aria-pressed={state.isHighContrast} onClick={kiosk.toggleContrast}>
        <Contrast aria-hidden="true" />
        {t('contrast')}
      </TouchButton>
    </footer>
  );
}
