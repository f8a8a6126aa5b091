import { X } from 'lucide-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import styles from './call-sheet.module.css';
import { useKeyboardHeight } from './use-keyboard-height.ts';

export interface CallSheetProps {
  title: string;
  closeLabel: string;
  onClose: () => void;
  children: ReactNode;
  /** Stays below what scrolls. */
  foot: ReactNode;
}

/** A sheet over the lower part of a call; the picture stays in view above it, and the talk goes on. */
export function CallSheet({ title, closeLabel, onClose, children, foot }: CallSheetProps) {
  const headingId = useId();
  const sheet = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const keyboard = useKeyboardHeight();
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    const close = ({ key, target }: KeyboardEvent): void => {
      const dialog = target instanceof Element ? target.closest('[role=dialog]') : null;
      // In what lies over this sheet, Escape is meant for that.
      if (key === 'Escape' && (dialog === null || dialog === sheet.current)) onClose();
    };
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [onClose]);
  return (
    <section
      ref={sheet}
      role="dialog"
      aria-labelledby={headingId}
      className={styles.sheet}
      // The height of the style yields to it: the upper edge stays on the page.
      style={{ bottom: keyboard, maxHeight: keyboard === 0 ? undefined : `calc(100dvh - ${keyboard}px)` }}
    >
      <div className={styles.head}>
        <h2 id={headingId} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" className={styles.close} aria-label={closeLabel} onClick={onClose}>
          <X size={22} strokeWidth={1.75} aria-hidden="true" />
        </button>
      </div>
      {children}
      <div className={styles.foot}>{foot}</div>
    </section>
  );
}
