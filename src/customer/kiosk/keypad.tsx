import type { TFunction } from 'i18next';
import { Delete } from 'lucide-react';
import { classNames } from '../../web/ui/class-names.ts';
import { documentKeys } from './document-keys.ts';
import styles from './keypad.module.css';
import { TouchButton } from './touch-button.tsx';

export interface KeypadProps {
  documentType: string;
  value: string;
  onChange: (value: string) => void;
  t: TFunction<'kiosk'>;
}

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Keys on the screen: digits, and the letters that this kind of document has. */
export function Keypad({ documentType, value, onChange, t }: KeypadProps) {
  const { checkLetter, letterRows } = documentKeys(documentType);
  const sign = (key: string) => (
    <TouchButton key={key} className={styles.key} onClick={() => onChange(value + key)}>
      {key}
    </TouchButton>
  );
  return (
    <div role="group" aria-label={t('document.keypad')} className={styles.keypad}>
      {letterRows.map((row) => (
        <div key={row} className={styles.letters}>
          {Array.from(row, sign)}
        </div>
      ))}
      <div className={styles.digits} data-with-letters={letterRows.length > 0 || undefined}>
        {DIGITS.map(sign)}
        {checkLetter === null ? (
          <TouchButton className={classNames(styles.key, styles.word)} onClick={() => onChange('')}>
            {t('document.clear')}
          </TouchButton>
        ) : (
          sign(checkLetter)
        )}
        {sign('0')}
        <TouchButton
          className={styles.key}
          aria-label={t('document.deleteDigit')}
          onClick={() => onChange(value.slice(0, -1))}
        >
          <Delete aria-hidden="true" />
        </TouchButton>
      </div>
    </div>
  );
}
