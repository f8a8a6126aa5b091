import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './status-glyph.module.css';

/** States with a silhouette of their own: of tickets, and `online`, `offline` of agents. */
export type Status = 'waiting' | 'calling' | 'attending' | 'paused' | 'outOfHours' | 'online' | 'offline';

const SHAPES: Record<Status, ReactNode> = {
  waiting: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M8 4.6V8l2.3 1.5" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
    </>
  ),
  calling: <path d="M8 1.2 15.2 14H.8Z" fill="currentColor" />,
  attending: (
    <path
      d="M2.5 1h11A1.5 1.5 0 0 1 15 2.5v7.6a1.5 1.5 0 0 1-1.5 1.5H8.6L4.4 15.4v-3.8H2.5A1.5 1.5 0 0 1 1 10.1V2.5A1.5 1.5 0 0 1 2.5 1Z"
      fill="currentColor"
    />
  ),
  paused: (
    <>
      <rect x="2" y="1.5" width="4.4" height="13" rx="1" fill="currentColor" />
      <rect x="9.6" y="1.5" width="4.4" height="13" rx="1" fill="currentColor" />
    </>
  ),
  outOfHours: <path d="M13.6 10.4A6.3 6.3 0 0 1 5.6 2.4a6.6 6.6 0 1 0 8 8Z" fill="currentColor" />,
  online: <circle cx="8" cy="8" r="6.5" fill="currentColor" />,
  offline: <rect x="2" y="2" width="12" height="12" rx="2" fill="none" stroke="currentColor" strokeWidth="2" />,
};

export interface StatusGlyphProps {
  status: Status;
  /** Side in px; 16 unless told. */
  size?: number;
  /** Takes the colour of the text around it instead of the status colour. */
  isPlain?: boolean;
}

/** The silhouette of a status; its word always stands beside it. */
export function StatusGlyph({ status, size = 16, isPlain = false }: StatusGlyphProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      className={classNames(!isPlain && styles[status])}
    >
      {SHAPES[status]}
    </svg>
  );
}
