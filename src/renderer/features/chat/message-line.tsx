import { SendHorizontal } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField } from 'react-aria-components/TextField';
import { useTranslation } from 'react-i18next';
import type { TicketId } from '../../../protocol/ids.ts';
import { MAXIMUM_MESSAGE } from '../../../protocol/video/message.ts';
import { IconButton } from '../../../web/ui/icon-button.tsx';
import { ActError } from '../ticket/act-error.tsx';
import { useLineReason } from '../ticket/use-line-reason.ts';
import styles from './message-line.module.css';
import { useMessage } from './use-message.ts';

export interface MessageLineProps {
  ticketId: TicketId;
  /** Of the customer. */
  name: string;
  /** Told once a message was sent: its tab is shown then. */
  onSent: () => void;
  /** What else can be sent from here: the paper clip. */
  children?: ReactNode;
}

/** The line in which the agent writes in the chat: Enter sends, Shift Enter begins a line (S2-46). */
export function MessageLine({ ticketId, name, onSent, children }: MessageLineProps) {
  const { t } = useTranslation('chat');
  const needsLine = useLineReason();
  const { text, isRefused, write, send, error, forgetError } = useMessage(ticketId);
  const isEmpty = text.trim() === '';

  const handleSend = (): void => {
    if (isEmpty || needsLine !== undefined) return;
    onSent();
    void send();
  };
  const handleKey = (event: KeyboardEvent): void => {
    // Enter also ends a composition of letters, which is no sending.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    handleSend();
  };

  return (
    <div className={styles.line}>
      <ActError error={error} onClose={forgetError} />
      {needsLine !== undefined && (
        <p role="status" className={styles.notice}>
          {t('offline')}
        </p>
      )}
      {isRefused && (
        <p role="status" className={styles.notice}>
          {t('draftsRefused')}
        </p>
      )}
      <div className={styles.controls}>
        <TextField
          aria-label={t('field', { name })}
          className={styles.field ?? ''}
          maxLength={MAXIMUM_MESSAGE}
          value={text}
          onChange={write}
          onKeyDown={handleKey}
        >
          <TextArea
            id={`message-${ticketId}`}
            className={styles.input ?? ''}
            rows={1}
            placeholder={t('field', { name })}
          />
        </TextField>
        <IconButton label={t('send')} variant="outlined" shortcut="Enter" unavailable={needsLine} onPress={handleSend}>
          <SendHorizontal size={16} aria-hidden />
        </IconButton>
        {children}
      </div>
    </div>
  );
}
