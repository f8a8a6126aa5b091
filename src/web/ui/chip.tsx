import type { ReactNode } from 'react';
import styles from './chip.module.css';
import { classNames } from './class-names.ts';
import { StatusGlyph, type Status } from './status-glyph.tsx';

export interface ChipProps {
  children: ReactNode;
  /** Soft fill of a status with its glyph; without it a plain outlined chip. `signal` is the DEMO mark. */
  status?: Status | 'signal' | undefined;
  icon?: ReactNode;
}

/** A short mark beside a thing: a state, a label, "Por enviar". Never pressed. */
export function Chip({ children, status, icon }: ChipProps) {
  return (
    <span className={classNames(styles.chip, status ? styles[status] : styles.plain)}>
      {icon ?? (status && status !== 'signal' && <StatusGlyph status={status} size={12} isPlain />)}
      {children}
    </span>
  );
}
