import { Bookmark, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { WritingOf } from '../../../bridge/writing.ts';
import type { TicketId } from '../../../protocol/ids.ts';
import { Button } from '../../../web/ui/button.tsx';
import { IconButton } from '../../../web/ui/icon-button.tsx';
import { useFormats } from '../../start/use-formats.ts';
import { ActError } from '../ticket/act-error.tsx';
import { useMark } from '../video/use-mark.ts';
import styles from './begun-notes.module.css';

/** A mark that was begun in a call that is over: added to its moment all the same, or let go. */
export function BegunMark({
  ticketId,
  turnCode,
  mark,
}: {
  ticketId: TicketId;
  turnCode: string | null;
  mark: WritingOf<'mark'>;
}) {
  const { t } = useTranslation('videoCall');
  const { t: outbox } = useTranslation('outbox');
  const formats = useFormats();
  const { add, clear, isTooLong, error, forgetError } = useMark(ticketId);
  const moment = t('mark.placeholder', { moment: formats.timer(mark.momentMs) });
  return (
    <li>
      <div className={styles.note}>
        <Bookmark size={16} aria-hidden />
        {turnCode !== null && <strong>{turnCode}</strong>}
        <span className={styles.text}>{`${moment} — ${mark.text}`}</span>
        {turnCode !== null && !isTooLong && (
          <Button size="small" onPress={() => void add()}>
            {t('mark.add')}
          </Button>
        )}
        <IconButton size="small" label={outbox('discard')} onPress={clear}>
          <Trash2 size={16} aria-hidden />
        </IconButton>
      </div>
      <ActError error={error} onClose={forgetError} />
    </li>
  );
}
