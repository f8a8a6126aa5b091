import { useEffect, useState } from 'react';
import styles from './notice.module.css';

export interface NoticeProps {
  title: string;
  detail?: string;
  /** Is not shown if it is over within 200 ms. */
  isLoading?: boolean;
}

const PATIENCE_MS = 200;

/** What stands in the place of the services while there are none. */
export function Notice({ title, detail, isLoading = false }: NoticeProps) {
  const [hasWaited, setHasWaited] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setHasWaited(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  const isShown = hasWaited || !isLoading;
  return (
    <div role="status" aria-busy={isLoading} className={styles.notice}>
      {isShown && <h1>{title}</h1>}
      {isShown && detail !== undefined && <p>{detail}</p>}
    </div>
  );
}
