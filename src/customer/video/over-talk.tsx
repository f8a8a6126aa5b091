import type { GuestState } from '../../protocol/video/guest-state.ts';
import type { Formats } from '../../texts/create-formats.ts';
import { Said, Unsent } from './chat-sheet.tsx';
import { SharedFile } from './files-sheet.tsx';
import type { ChatState } from './guest-chat.ts';
import styles from './over-talk.module.css';
import type { VideoWords } from './video-words.ts';

export interface OverTalkProps {
  talk: ChatState;
  guest: GuestState;
  words: VideoWords;
  formats: Formats;
}

/** Chat and files of an attention that is over, to be read and saved until the page is closed (S2-46, S2-47). */
export function OverTalk({ talk: { messages, own, read }, guest, words, formats }: OverTalkProps) {
  const files = guest.files ?? [];
  const agent = words.call.agent;
  return (
    <>
      {messages.length + own.length > 0 && (
        <section aria-label={words.guestChat.open} className={styles.part}>
          <h2>{words.guestChat.open}</h2>
          <ol className={styles.messages}>
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
              <Unsent key={message.key} message={{ ...message, problem: 'closed' }} words={words} />
            ))}
          </ol>
        </section>
      )}
      {files.length > 0 && (
        <section aria-label={words.guestFiles.open} className={styles.part}>
          <h2>{words.guestFiles.open}</h2>
          <ul className={styles.files}>
            {files.toReversed().map((file) => (
              <SharedFile key={file.id} file={file} name={agent} words={words} formats={formats} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
