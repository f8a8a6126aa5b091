import { WifiOff } from 'lucide-react';
import type { Formats } from '../../texts/create-formats.ts';
import { filled } from '../turn/turn-words.ts';
import styles from './offline-line.module.css';
import type { VideoWords } from './video-words.ts';

export interface OfflineLineProps {
  /** Server's time of its last word; null before the first. */
  heardAt: number | null;
  formats: Formats | null;
  words: VideoWords;
}

/** The line to the server is down: what is shown may be old (trust T21). */
export function OfflineLine({ heardAt, formats, words }: OfflineLineProps) {
  const detail =
    heardAt === null || formats === null
      ? words.offlineAlone
      : filled(words.offlineDetail, { hour: formats.hour(heardAt) });
  return (
    <p role="status" className={styles.offline}>
      <WifiOff size={20} strokeWidth={1.75} aria-hidden="true" />
      <span>
        <strong>{words.offline}.</strong> {detail}
      </span>
    </p>
  );
}
