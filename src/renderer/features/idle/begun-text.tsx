import { Copy, FilePen, MessageSquare, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { WritingOf } from '../../../bridge/writing.ts';
import type { TicketId } from '../../../protocol/ids.ts';
import { classNames } from '../../../web/ui/class-names.ts';
import { IconButton } from '../../../web/ui/icon-button.tsx';
import { useDeskServices } from '../../start/desk-context.ts';
import { useWriting } from '../video/use-writing.ts';
import styles from './begun-notes.module.css';

export interface BegunTextProps {
  ticketId: TicketId;
  turnCode: string | null;
  writing: WritingOf<'message' | 'terms'>;
}

/** A message or terms that were begun in a video that is over: nobody can be sent them there any more, so they are copied or let go. */
export function BegunText({ ticketId, turnCode, writing }: BegunTextProps) {
  const { t } = useTranslation('workspace');
  const { t: common } = useTranslation('common');
  const { t: outbox } = useTranslation('outbox');
  const { toasts } = useDeskServices();
  const { clear } = useWriting(ticketId, writing.kind);
  const isMessage = writing.kind === 'message';
  const text = isMessage ? writing.text : [writing.title, writing.text].filter(Boolean).join('\n\n');
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    toasts.show({ message: common('copied') });
  };
  return (
    <li className={styles.note}>
      {isMessage ? <MessageSquare size={16} aria-hidden /> : <FilePen size={16} aria-hidden />}
      {turnCode !== null && <strong>{turnCode}</strong>}
      <span className={classNames(styles.text, styles.whole)}>
        {t(`begunNotes.${writing.kind}`)} {text}
      </span>
      <IconButton size="small" label={outbox('copy')} onPress={() => void copy()}>
        <Copy size={16} aria-hidden />
      </IconButton>
      <IconButton size="small" label={outbox('discard')} onPress={clear}>
        <Trash2 size={16} aria-hidden />
      </IconButton>
    </li>
  );
}
