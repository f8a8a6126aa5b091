import type { TFunction } from 'i18next';
import { Volume2 } from 'lucide-react';
import type { DisplayCall } from '../../protocol/http/public-api.ts';
import styles from './earlier-calls.module.css';

export interface EarlierCallsProps {
  /** Newest first. */
  calls: readonly DisplayCall[];
  /** Lets the page sound; null unless the browser waits for a touch. */
  onSound: (() => void) | null;
  t: TFunction<'display'>;
}

const LONG_CODE = 5;
const LONG_MODULE_NAME = 10;

/** The calls before the one of now, each with its module. */
export function EarlierCalls({ calls, onSound, t }: EarlierCallsProps) {
  return (
    <section className={styles.earlier} aria-label={t('earlier')}>
      <p className={styles.columns} aria-hidden="true">
        <span>{t('earlier')}</span>
        <span>{t('goTo')}</span>
      </p>
      <ol>
        {calls.map(({ id, code, moduleName }) => (
          <li key={id}>
            <span className={styles.code} data-long={code.length > LONG_CODE || undefined}>
              {code}
            </span>
            <span className={styles.module} data-long={moduleName.length > LONG_MODULE_NAME || undefined}>
              {moduleName}
            </span>
          </li>
        ))}
      </ol>
      {onSound !== null && (
        <button type="button" className={styles.sound} onClick={onSound}>
          <Volume2 aria-hidden="true" />
          {t('turnOnSound')}
        </button>
      )}
    </section>
  );
}
