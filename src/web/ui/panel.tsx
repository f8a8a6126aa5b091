import { useId, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './panel.module.css';

export interface PanelProps {
  /** Heading and accessible name. */
  title: string;
  /** Beside the title, in plain weight. */
  subtitle?: string | undefined;
  /** At the right of the head: a figure, a chip, a quiet button. */
  aside?: ReactNode;
  /** The body keeps its own padding: tables and lists touch the edges. */
  isFlush?: boolean;
  /** Takes the height that is left, and what does not fit scrolls inside. */
  isFilling?: boolean;
  children: ReactNode;
  footer?: ReactNode;
}

/** A white sheet with a headed line; panels never lie inside panels. */
export function Panel({ title, subtitle, aside, isFlush = false, isFilling = false, children, footer }: PanelProps) {
  const titleId = useId();
  return (
    <section className={classNames(styles.panel, isFilling && styles.filling)} aria-labelledby={titleId}>
      <header className={styles.head}>
        <h2 id={titleId}>{title}</h2>
        {subtitle !== undefined && <span className={styles.subtitle}>{subtitle}</span>}
        <div className={styles.aside}>{aside}</div>
      </header>
      <div
        className={classNames(!isFlush && styles.body, isFilling && styles.scroller)}
        // What scrolls is reached by the keyboard.
        {...(isFilling && { tabIndex: 0, role: 'group', 'aria-labelledby': titleId })}
      >
        {children}
      </div>
      {footer !== undefined && <footer className={styles.foot}>{footer}</footer>}
    </section>
  );
}
