import { ArrowDown } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatView } from '../../../bridge/facts.ts';
import type { TicketId } from '../../../protocol/ids.ts';
import { Button } from '../../../web/ui/button.tsx';
import { EmptyState } from '../../../web/ui/empty-state.tsx';
import { useDesk, useDeskState } from '../../start/desk-context.ts';
import { useCall } from '../../start/use-call.ts';
import { ActError } from '../ticket/act-error.tsx';
import { countChat, refusedMessages } from './chat-lines.ts';
import styles from './chat-panel.module.css';
import { MessageBubble } from './message-bubble.tsx';
import { RefusedBubble } from './refused-bubble.tsx';
import { useIsSeen } from './use-is-seen.ts';

export interface ChatPanelProps {
  ticketId: TicketId;
  /** Of the customer. */
  name: string;
  chat: ChatView | undefined;
}

/** So near to its end the reader follows what comes. */
const NEAR = 24;

/** The talk of a video (S2-46): the newest below, what was not sent behind it. Whoever has scrolled up is left there. */
export function ChatPanel({ ticketId, name, chat }: ChatPanelProps) {
  const { t } = useTranslation('chat');
  const desk = useDesk();
  const refused = refusedMessages(
    useDeskState(({ outbox }) => outbox),
    ticketId,
  );
  const retry = useCall('outbox.retry', { mayOverlap: true });
  const isLineUp = useDeskState(({ line }) => line?.state === 'up');
  const isSeen = useIsSeen();
  const list = useRef<HTMLDivElement>(null);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const follows = useRef(true);
  const messages = chat?.messages ?? [];
  const { lastOfGuest, unread } = countChat(chat);
  const lastId = messages.at(-1)?.message.id;
  const isLastOwn = messages.at(-1)?.message.from === 'agent';

  const goToEnd = (): void => {
    const { current } = list;
    if (current) current.scrollTop = current.scrollHeight;
    follows.current = true;
    setIsAtEnd(true);
  };
  const handleScroll = ({ scrollHeight, scrollTop, clientHeight }: HTMLElement): void => {
    follows.current = scrollHeight - scrollTop - clientHeight < NEAR;
    setIsAtEnd(follows.current);
  };

  useLayoutEffect(() => {
    // Only what is new moves the list.
    if (follows.current || isLastOwn) goToEnd();
  }, [lastId, refused.length, isLastOwn]);

  useEffect(() => {
    if (unread === 0 || !isSeen || !isAtEnd || !isLineUp) return;
    // Refused, it is told again with the next message.
    desk.call('messages.read', { ticketId, upTo: lastOfGuest }).catch(() => undefined);
  }, [desk, ticketId, lastOfGuest, unread, isSeen, isAtEnd, isLineUp]);

  return (
    <div className={styles.panel}>
      <ActError error={retry.error} onClose={retry.forgetError} />
      {messages.length === 0 && refused.length === 0 ? (
        <EmptyState title={t('empty')}>{t('emptyDetail')}</EmptyState>
      ) : (
        <div
          ref={list}
          role="log"
          aria-label={t('log')}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keyboard
          tabIndex={0}
          className={styles.list}
          onScroll={({ currentTarget }) => handleScroll(currentTarget)}
        >
          <ol className={styles.items}>
            {lastOfGuest > 0 && <li className={styles.external}>{t('external')}</li>}
            {messages.map((line) => (
              <MessageBubble
                key={line.message.id}
                line={line}
                isRead={line.message.seq <= (chat?.read.byGuest ?? 0)}
                name={name}
              />
            ))}
            {refused.map((item) => (
              <RefusedBubble
                key={item.id}
                item={item}
                text={item.act.type === 'message.send' ? item.act.text : ''}
                onRetry={() => void retry.run({ id: item.id })}
              />
            ))}
          </ol>
        </div>
      )}
      {!isAtEnd && unread > 0 && (
        <div className={styles.below}>
          <Button size="small" icon={<ArrowDown size={14} aria-hidden />} onPress={goToEnd}>
            {t('below', { count: unread })}
          </Button>
        </div>
      )}
    </div>
  );
}
