import { Check, CheckCheck, Clock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ChatView } from '../../../bridge/facts.ts';
import { Chip } from '../../../web/ui/chip.tsx';
import { classNames } from '../../../web/ui/class-names.ts';
import { plainText } from '../../../web/ui/words/plain-text.ts';
import hidden from '../../../web/ui/visually-hidden.module.css';
import { useFormats } from '../../start/use-formats.ts';
import { useWorking } from '../../start/use-working.ts';
import styles from './chat-panel.module.css';

export interface MessageBubbleProps {
  line: ChatView['messages'][number];
  isRead: boolean;
  /** Of the customer. */
  name: string;
}

const MARKS = { pending: Clock, sent: Check, read: CheckCheck };

/** One message: who, what as plain text, when, and how far it has come. */
export function MessageBubble({ line: { message, isPending }, isRead, name }: MessageBubbleProps) {
  const { t } = useTranslation('chat');
  const formats = useFormats();
  const { agent } = useWorking();
  const isOwn = message.from === 'agent';
  const isOfColleague = isOwn && message.agentId !== agent.id;
  const mark = isPending ? 'pending' : isRead ? 'read' : 'sent';
  const Mark = MARKS[mark];
  return (
    <li className={classNames(styles.bubble, isOwn ? styles.own : styles.theirs)}>
      {isOfColleague ? (
        <strong className={styles.who}>{message.agentName}</strong>
      ) : (
        <span className={hidden.hidden}>{isOwn ? t('own') : t('guest', { name })}</span>
      )}
      <p className={styles.text} dir="auto">
        {plainText(message.text)}
      </p>
      <p className={styles.facts}>
        {!isOwn && (
          // Who cannot see it hears "persona externa" before the words.
          <span aria-hidden="true">
            <Chip>{t('outsider')}</Chip>
          </span>
        )}
        <time>{formats.hour(message.sentAt)}</time>
        {isOwn && <Mark size={14} role="img" aria-label={t(mark)} />}
      </p>
    </li>
  );
}
