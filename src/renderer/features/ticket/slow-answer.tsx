import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './slow-answer.module.css';

const PATIENCE_MS = 600;

export interface SlowAnswerProps {
  isRunning: boolean;
}

/** Says, when the centre takes its time, that the act is on its way. */
export function SlowAnswer({ isRunning }: SlowAnswerProps) {
  const { t } = useTranslation('workspace');
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    if (!isRunning) return;
    const timer = setTimeout(() => setIsSlow(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setIsSlow(false);
    };
  }, [isRunning]);
  return (
    <span role="status" className={styles.slow}>
      {isSlow && t('line.awaiting')}
    </span>
  );
}
