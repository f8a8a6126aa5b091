import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import styles from './states.module.css';

export interface ErrorStateProps {
  /** What failed. */
  title: string;
  /** Why, and the code to quote. */
  children: string;
  onRetry?: (() => void) | undefined;
}

/** An error in the place of what did not come. */
export function ErrorState({ title, children, onRetry }: ErrorStateProps) {
  const { t } = useTranslation('common');
  return (
    <div role="alert" className={styles.error}>
      <CircleAlert size={16} aria-hidden className={styles.mark} />
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        <p className={styles.detail}>{children}</p>
      </div>
      {onRetry && (
        <Button size="small" onPress={onRetry}>
          {t('retry')}
        </Button>
      )}
    </div>
  );
}
