import type { GuestState } from '../../protocol/video/guest-state.ts';
import { BrandMark } from '../brand/brand-mark.tsx';
import { filled } from '../turn/turn-words.ts';
import styles from './page-head.module.css';
import type { VideoWords } from './video-words.ts';

/** Whose page it is; before the server's first word it is not known. */
export function PageHead({ guest, words }: { guest: GuestState | null; words: VideoWords }) {
  return (
    <header className={styles.head}>
      <BrandMark />
      <p className={styles.company}>{guest?.companyName ?? words.title}</p>
      {guest?.isDemo && <p className={styles.demo}>{words.demo}</p>}
      {guest && <p className={styles.ticket}>{filled(words.waiting.ticket, { code: guest.code })}</p>}
    </header>
  );
}
