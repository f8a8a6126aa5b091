import { CircleAlert, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ErrorBody } from '../../../protocol/error-codes.ts';
import { IconButton } from '../../../web/ui/icon-button.tsx';
import { useErrorWords } from '../../start/use-error-words.ts';
import styles from './act-error.module.css';

export interface ActErrorProps {
  /** Nothing is shown while null. */
  error: ErrorBody | null;
  /** In place of what the code says in general. */
  words?: string | undefined;
  onClose?: () => void;
}

/** Why what the agent did was refused, in the place where they did it. */
export function ActError({ error, words, onClose }: ActErrorProps) {
  const { t } = useTranslation('common');
  const errorWords = useErrorWords();
  if (error === null) return null;
  return (
    <div role="alert" className={styles.error}>
      <CircleAlert size={16} aria-hidden />
      <span className={styles.words}>{words ?? errorWords(error)}</span>
      {onClose && (
        <IconButton size="small" label={t('close')} onPress={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
