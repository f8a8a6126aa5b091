import styles from './kbd.module.css';
import { shortcutLabel } from './shortcut-label.ts';

export interface KbdProps {
  /** `F2`, `Control+Enter`: names of `KeyboardEvent.key` joined by `+`. */
  shortcut: string;
}

/** A key drawn in a box. Hidden from assistive technology, so that it never becomes part of a control's name. */
export function Kbd({ shortcut }: KbdProps) {
  return (
    <kbd className={styles.kbd} aria-hidden="true">
      {shortcutLabel(shortcut)}
    </kbd>
  );
}
