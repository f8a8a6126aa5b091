import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chip } from './chip.tsx';
import styles from './timeline.module.css';

export interface TimelineEntry {
  id: string;
  /** "10:44", "22/07" */
  hour: string;
  glyph: ReactNode;
  fact: ReactNode;
  detail?: ReactNode;
  /** Still in this desk's outbox. */
  isPending?: boolean;
}

export interface TimelineProps {
  /** Accessible name of the list: "Cronología". */
  label: string;
  entries: readonly TimelineEntry[];
}

/** Hour, glyph on a line, fact and detail; newest first as the owner gives them. */
export function Timeline({ label, entries }: TimelineProps) {
  const { t } = useTranslation('common');
  return (
    <ol aria-label={label} className={styles.timeline}>
      {entries.map((entry) => (
        <li key={entry.id} className={styles.entry}>
          <span className={styles.hour}>{entry.hour}</span>
          <span className={styles.glyph} aria-hidden="true">
            {entry.glyph}
          </span>
          <div className={styles.words}>
            <p>
              {entry.fact} {entry.isPending && <Chip>{t('pending')}</Chip>}
            </p>
            {entry.detail !== undefined && <p className={styles.detail}>{entry.detail}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}
