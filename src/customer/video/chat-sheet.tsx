import { Check, CheckCheck, Clock, SendHorizontal } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { GuestMessage } from '../../protocol/video/message.ts';
import type { Formats } from '../../texts/create-formats.ts';
import { classNames } from '../../web/ui/class-names.ts';
import { plainText } from '../../web/ui/words/plain-text.ts';
import { filled } from '../turn/turn-words.ts';
import { CallSheet } from './call-sheet.tsx';
import styles from './chat-sheet.module.css';
import type { ChatState, GuestChat, OwnMessage } from './guest-chat.ts';
import type { VideoWords } from './video-words.ts';

export interface ChatSheetProps {
  chat: GuestChat;
  state: ChatState;
  /** Of the agent. */
  name: string;
  words: VideoWords;
  formats: Formats;
  /** Something else lies over the sheet: what is in it is not seen. */
  isCovered: boolean;
  onClose: () => void;
  /** What else can be sent from here. */
  children?: ReactNode;
}

const MAXIMUM_LENGTH = 4_000;
const NEAR = 32;
const MARKS = { sending: Clock, sent: Check, read: CheckCheck };

/** The chat of a call (S2-46). What is written is only text: no address in it is a link. */
export function ChatSheet({ chat, state, name, words, formats, isCovered, onClose, children }: ChatSheetProps) {
  const { guestChat } = words;
  const { messages, own, read, draft, unread } = state;
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const follows = useRef(true);
  const lastSeq = messages.at(-1)?.seq ?? 0;

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
    if (follows.current || own.length > 0) goToEnd();
  }, [lastSeq, own.length]);
  useEffect(() => {
    const look = (): void => {
      if (isAtEnd && !isCovered && document.visibilityState === 'visible') chat.seen();
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [chat, isAtEnd, isCovered, lastSeq, unread.length]);

  const handleSend = (): void => {
    if (draft.trim() === '') return;
    chat.send(draft);
    chat.write('');
    field.current?.focus();
  };
  const handleKey = (event: KeyboardEvent): void => {
    // Enter also ends a composition of letters, which is no sending.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    handleSend();
  };
  const handleEdit = (key: string): void => {
    const text = chat.takeBack(key);
    if (text !== null) chat.write([text, draft].filter(Boolean).join('\n'));
    field.current?.focus();
  };

  return (
    <CallSheet
      title={filled(guestChat.heading, { name })}
      closeLabel={guestChat.close}
      onClose={onClose}
      foot={
        <div className={styles.line}>
          {children}
          <textarea
            ref={field}
            className={styles.field}
            rows={1}
            maxLength={MAXIMUM_LENGTH}
            aria-label={guestChat.field}
            placeholder={guestChat.field}
            enterKeyHint="send"
            value={draft}
            onChange={({ target }) => chat.write(target.value)}
            onKeyDown={handleKey}
          />
          <button type="button" className={styles.send} aria-label={guestChat.send} onClick={handleSend}>
            <SendHorizontal size={22} strokeWidth={1.75} aria-hidden="true" />
          </button>
        </div>
      }
    >
      <div
        ref={list}
        role="log"
        aria-label={guestChat.log}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keyboard
        tabIndex={0}
        className={styles.list}
        onScroll={({ currentTarget }) => handleScroll(currentTarget)}
      >
        <ol className={styles.items}>
          {messages.length + own.length === 0 && <li className={styles.empty}>{guestChat.empty}</li>}
          {messages.map((message) => (
            <Said
              key={message.seq}
              message={message}
              isRead={message.seq <= read.byAgent}
              words={words}
              formats={formats}
            />
          ))}
          {own.map((message) => (
            <Unsent key={message.key} message={message} words={words} onRetry={chat.retry} onEdit={handleEdit} />
          ))}
        </ol>
      </div>
      {!isAtEnd && unread.length > 0 && (
        <button type="button" className={styles.below} onClick={goToEnd}>
          {guestChat.below}
        </button>
      )}
    </CallSheet>
  );
}

/** A line that the server has. */
export function Said({
  message: { from, agentName, text, sentAt },
  isRead,
  words: { guestChat },
  formats,
}: {
  message: GuestMessage;
  isRead: boolean;
  words: VideoWords;
  formats: Formats;
}) {
  const isOwn = from === 'guest';
  const status = isRead ? 'read' : 'sent';
  const Mark = MARKS[status];
  return (
    <li className={classNames(styles.bubble, isOwn ? styles.own : styles.theirs)}>
      <span className={styles.who}>{isOwn ? guestChat.own : agentName}</span>
      <p className={styles.text} dir="auto">
        {plainText(text)}
      </p>
      <p className={styles.facts}>
        <time>{formats.hour(sentAt)}</time>
        {isOwn && <Mark size={16} role="img" aria-label={guestChat.status[status]} />}
      </p>
    </li>
  );
}

/** A line that it has not; to be sent again or taken back where that is still possible. */
export function Unsent({
  message: { key, text, problem },
  words: { guestChat },
  onRetry,
  onEdit,
}: {
  message: OwnMessage;
  words: VideoWords;
  onRetry?: () => void;
  onEdit?: (key: string) => void;
}) {
  return (
    <li className={classNames(styles.bubble, styles.own, problem !== null && styles.refused)}>
      <span className={styles.who}>{guestChat.own}</span>
      <p className={styles.text} dir="auto">
        {text}
      </p>
      {problem === null ? (
        <p className={styles.facts}>
          <Clock size={16} role="img" aria-label={guestChat.status.sending} />
        </p>
      ) : (
        <>
          <p className={styles.reason}>{guestChat.problem[problem]}</p>
          <div className={styles.acts}>
            {onRetry && problem !== 'closed' && problem !== 'rejected' && (
              <button type="button" onClick={onRetry}>
                {guestChat.retry}
              </button>
            )}
            {onEdit && (
              <button type="button" onClick={() => onEdit(key)}>
                {guestChat.edit}
              </button>
            )}
          </div>
        </>
      )}
    </li>
  );
}
