import { CircleCheck, CircleX, LoaderCircle, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './check-row.module.css';
import type { MediaCheck } from './media-check.ts';

const ICONS: Record<MediaCheck['status'], LucideIcon> = {
  asking: LoaderCircle,
  ready: CircleCheck,
  audioOnly: TriangleAlert,
  notReady: CircleX,
};

export interface CheckRowProps {
  name: string;
  check: MediaCheck;
  /** The status in words. */
  word: string;
  /** What belongs beneath: a meter, a button. */
  children?: ReactNode;
}

/** One thing that a call needs, whether it is there, and else why not and what to do; told aloud when it changes. */
export function CheckRow({ name, check: { status, sentences }, word, children }: CheckRowProps) {
  const Icon = ICONS[status];
  return (
    <div className={styles.rows}>
      <div className={styles.row} data-status={status} role="status">
        <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
        <span>{name}</span>
        <strong className={styles.status}>{word}</strong>
        <p className={styles.sentences}>{sentences.join(' ')}</p>
      </div>
      {children !== undefined && <div className={styles.more}>{children}</div>}
    </div>
  );
}
