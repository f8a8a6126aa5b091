import { classNames } from './class-names.ts';
import { StatusGlyph, type Status } from './status-glyph.tsx';
import styles from './chip.module.css';

export interface StatusWordProps {
  status: Status;
  children: string;
}

/** Glyph and word in the status colour without a box, for rows that are already filled with the status. */
export function StatusWord({ status, children }: StatusWordProps) {
  return (
    <span className={classNames(styles.word, styles[status])}>
      <StatusGlyph status={status} size={14} isPlain />
      {children}
    </span>
  );
}
