import { MessageSquare, Paperclip } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { GuestState } from '../../protocol/video/guest-state.ts';
import type { Formats } from '../../texts/create-formats.ts';
import { plainText } from '../../web/ui/words/plain-text.ts';
import { filled } from '../turn/turn-words.ts';
import styles from './call-talk.module.css';
import { ChatSheet } from './chat-sheet.tsx';
import { FilesSheet } from './files-sheet.tsx';
import type { GuestChat } from './guest-chat.ts';
import type { GuestUploads } from './guest-uploads.ts';
import { RoundButton } from './round-button.tsx';
import type { VideoWords } from './video-words.ts';

export interface CallTalkProps {
  chat: GuestChat;
  uploads: GuestUploads;
  guest: GuestState;
  /** Of the agent. */
  name: string;
  /** Something else lies over the call. */
  isCovered: boolean;
  words: VideoWords;
  formats: Formats;
}

const noFiles: NonNullable<GuestState['files']> = [];

/** Chat and files of a call: two round buttons among its controls, and the sheet that one of them opens. */
export function CallTalk({ chat, uploads, guest, name, isCovered, words, formats }: CallTalkProps) {
  const { guestChat, guestFiles } = words;
  const talk = useSyncExternalStore(chat.subscribe, chat.get);
  const sending = useSyncExternalStore(uploads.subscribe, uploads.get);
  const [sheet, setSheet] = useState<'chat' | 'files' | null>(null);
  const chatButton = useRef<HTMLButtonElement>(null);
  const filesButton = useRef<HTMLButtonElement>(null);
  const files = guest.files ?? noFiles;
  const received = files.filter(({ from }) => from === 'agent').length;
  const [seenFiles, setSeenFiles] = useState(received);
  useEffect(() => {
    if (sheet === 'files') setSeenFiles(received);
  }, [sheet, received]);
  const unseen = Math.max(0, received - seenFiles);
  const newest = talk.unread.at(-1);

  const close = (): void => {
    (sheet === 'chat' ? chatButton : filesButton).current?.focus();
    setSheet(null);
  };
  const toggle = (next: 'chat' | 'files'): void => setSheet(sheet === next ? null : next);

  return (
    <>
      <RoundButton
        ref={chatButton}
        icon={MessageSquare}
        label={guestChat.open}
        size={60}
        isExpanded={sheet === 'chat'}
        count={talk.unread.length}
        countWords={filled(guestChat.unread, { count: talk.unread.length })}
        onPress={() => toggle('chat')}
      />
      <RoundButton
        ref={filesButton}
        icon={Paperclip}
        label={guestFiles.open}
        size={60}
        isExpanded={sheet === 'files'}
        count={unseen}
        countWords={filled(guestFiles.unseen, { count: unseen })}
        onPress={() => toggle('files')}
      />
      <div aria-live="polite" className={styles.arrived}>
        {newest && sheet !== 'chat' ? (
          <button type="button" onClick={() => setSheet('chat')}>
            <MessageSquare size={18} strokeWidth={1.75} aria-hidden="true" />
            <span>{filled(guestChat.arrived, { name: newest.agentName ?? name, text: plainText(newest.text) })}</span>
          </button>
        ) : (
          unseen > 0 &&
          sheet === null && (
            <button type="button" onClick={() => setSheet('files')}>
              <Paperclip size={18} strokeWidth={1.75} aria-hidden="true" />
              <span>{filled(guestFiles.arrived, { name })}</span>
            </button>
          )
        )}
      </div>
      {sheet === 'chat' && <ChatSheet {...{ chat, name, words, formats, isCovered }} state={talk} onClose={close} />}
      {sheet === 'files' && (
        <FilesSheet {...{ files, name, words, formats }} uploads={sending} sender={uploads} onClose={close} />
      )}
    </>
  );
}
