import { useState } from 'react';
import { Trash2, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { OutboxFact } from '../../../bridge/facts.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Dialog } from '../../../web/ui/dialog.tsx';
import { IconButton } from '../../../web/ui/icon-button.tsx';
import { useDeskServices, useDeskState, useNow } from '../../start/desk-context.ts';
import { useCall } from '../../start/use-call.ts';
import { useErrorWords } from '../../start/use-error-words.ts';
import { useFormats } from '../../start/use-formats.ts';
import { useWorking } from '../../start/use-working.ts';
import { ActError } from '../ticket/act-error.tsx';
import { useLineReason } from '../ticket/use-line-reason.ts';
import { actWords } from './act-words.ts';
import styles from './outbox-panel.module.css';
import { useIsTakenUp } from './use-is-taken-up.ts';
import { isEditable, useTakeUp } from './use-take-up.ts';

export interface RefusedItemProps {
  item: OutboxFact['refused'][number];
  onRetry: () => void;
}

/** What the centre refused: why, in words, and what can be done. Nothing written is lost without being asked. */
export function RefusedItem({ item, onRetry }: RefusedItemProps) {
  const { t, i18n } = useTranslation('outbox');
  const { t: common } = useTranslation('common');
  const { toasts } = useDeskServices();
  const formats = useFormats();
  const now = useNow();
  const { services } = useWorking();
  const errorWords = useErrorWords();
  const needsLine = useLineReason();
  const takeUp = useTakeUp();
  const isTakenUp = useIsTakenUp(item);
  const canEdit = useDeskState(({ current }) => isEditable(item.act, current?.ticket?.header.id ?? null));
  const discard = useCall('outbox.discard');
  const [isDiscarding, setIsDiscarding] = useState(false);
  const { title, detail } = actWords(item, services, i18n);

  const handleCopy = async (): Promise<void> => {
    const { act } = item;
    const isText = act.type === 'note.add' || act.type === 'mark.add' || act.type === 'message.send';
    const written = isText ? act.text : [title, detail].filter(Boolean).join('\n');
    await navigator.clipboard.writeText(written);
    toasts.show({ message: common('copied') });
  };

  return (
    <li className={styles.item}>
      <TriangleAlert size={16} aria-hidden />
      <div className={styles.words}>
        <div className={styles.firstLine}>
          <strong>{title}</strong>
          <span className={styles.hour}>{formats.when(item.at, now)}</span>
        </div>
        {detail !== null && <p>{detail}</p>}
        <p className={styles.reason}>{errorWords(item.error)}</p>
        {isTakenUp && <p>{t('takenUp')}</p>}
        <ActError error={discard.error} />
        <div className={styles.buttons}>
          {canEdit && (
            <Button size="small" onPress={() => takeUp(item)}>
              {t('edit')}
            </Button>
          )}
          {!isTakenUp && (
            <Button size="small" unavailable={needsLine} onPress={onRetry}>
              {t('retry')}
            </Button>
          )}
          <Button size="small" onPress={() => void handleCopy()}>
            {t('copy')}
          </Button>
          <span className={styles.apart}>
            <IconButton label={t('discard')} variant="outlined" size="small" onPress={() => setIsDiscarding(true)}>
              <Trash2 size={16} aria-hidden />
            </IconButton>
          </span>
        </div>
      </div>
      <Dialog
        isOpen={isDiscarding}
        onClose={() => setIsDiscarding(false)}
        title={t('discardDialog.title')}
        footer={
          <>
            <Button autoFocus onPress={() => setIsDiscarding(false)}>
              {common('cancel')}
            </Button>
            <Button
              variant="danger"
              onPress={() => {
                setIsDiscarding(false);
                void discard.run({ id: item.id });
              }}
            >
              {t('discardDialog.submit')}
            </Button>
          </>
        }
      >
        <p>
          <strong>{title}</strong>
        </p>
        {detail !== null && <p>{detail}</p>}
        <p>{t('discardDialog.detail')}</p>
      </Dialog>
    </li>
  );
}
