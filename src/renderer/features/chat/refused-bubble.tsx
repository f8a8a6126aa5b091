import { useTranslation } from 'react-i18next';
import { Button } from '../../../web/ui/button.tsx';
import { classNames } from '../../../web/ui/class-names.ts';
import { useDeskServices } from '../../start/desk-context.ts';
import { useErrorWords } from '../../start/use-error-words.ts';
import { useIsTakenUp } from '../outbox/use-is-taken-up.ts';
import { useTakeUp } from '../outbox/use-take-up.ts';
import { useLineReason } from '../ticket/use-line-reason.ts';
import type { RefusedMessage } from './chat-lines.ts';
import styles from './chat-panel.module.css';

export interface RefusedBubbleProps {
  item: RefusedMessage;
  text: string;
  onRetry: () => void;
}

/** "No enviado", where it was said: why, and what can be done. It stands among what was refused in column 3 as well. */
export function RefusedBubble({ item, text, onRetry }: RefusedBubbleProps) {
  const { t } = useTranslation('chat');
  const { t: outbox } = useTranslation('outbox');
  const { t: common } = useTranslation('common');
  const { toasts } = useDeskServices();
  const errorWords = useErrorWords();
  const needsLine = useLineReason();
  const takeUp = useTakeUp();
  const isTakenUp = useIsTakenUp(item);

  const handleCopy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    toasts.show({ message: common('copied') });
  };

  return (
    <li className={classNames(styles.bubble, styles.own, styles.refused)}>
      <p className={styles.text} dir="auto">
        {text}
      </p>
      <p className={styles.reason}>
        <strong>{t('refused')}</strong> {isTakenUp ? outbox('takenUp') : errorWords(item.error)}
      </p>
      <div className={styles.acts}>
        <Button size="small" onPress={() => takeUp(item)}>
          {outbox('edit')}
        </Button>
        {!isTakenUp && (
          <Button size="small" unavailable={needsLine} onPress={onRetry}>
            {outbox('retry')}
          </Button>
        )}
        <Button size="small" onPress={() => void handleCopy()}>
          {outbox('copy')}
        </Button>
      </div>
    </li>
  );
}
