import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './states.module.css';
import hiding from './visually-hidden.module.css';

const PATIENCE_MS = 200;

/** Nothing for 200 ms, then bars that stand still. */
export function LoadingState() {
  const { t } = useTranslation('common');
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" className={styles.loading}>
      {isShown && (
        <>
          <span className={hiding.hidden}>{t('loading')}</span>
          <div className={styles.bar} style={{ width: '46%' }} />
          <div className={styles.bar} style={{ width: '72%' }} />
          <div className={styles.bar} style={{ width: '30%' }} />
        </>
      )}
    </div>
  );
}
