import type { TFunction } from 'i18next';
import { Info, WifiOff } from 'lucide-react';
import type { DisplayState } from '../../protocol/http/public-api.ts';
import styles from './display-foot.module.css';

export interface DisplayFootProps {
  waiting: DisplayState['waiting'];
  /** Hour of the server's last word; null while the line is there. */
  silentSince: string | null;
  t: TFunction<'display'>;
}

/** Who is next, or that nobody can tell. */
export function DisplayFoot({ waiting: { count, codes }, silentSince, t }: DisplayFootProps) {
  if (silentSince !== null) {
    return (
      <footer className={styles.foot} data-silent>
        <p role="status" className={styles.silent}>
          <WifiOff aria-hidden="true" />
          {t('offline', { hour: silentSince })}
        </p>
      </footer>
    );
  }
  return (
    <footer className={styles.foot}>
      {codes.length === 0 ? (
        <p className={styles.message}>
          <Info aria-hidden="true" />
          {t('message')}
        </p>
      ) : (
        <p className={styles.next}>
          <span className={styles.nextWord}>{t('next')}</span>
          {codes.map((code) => (
            <span key={code} className={styles.nextCode}>
              {code}
            </span>
          ))}
        </p>
      )}
      <p className={styles.count}>{t('waiting', { count })}</p>
    </footer>
  );
}
