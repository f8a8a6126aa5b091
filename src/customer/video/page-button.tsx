import type { ReactNode } from 'react';
import styles from './page-button.module.css';

export interface PageButtonProps {
  form?: 'filled' | 'plain' | 'leave';
  /** It was pressed and something goes on: keeps the focus, does nothing. */
  isBusy?: boolean;
  onPress: () => void;
  children: ReactNode;
}

/** A button of a phone's page. */
export function PageButton({ form = 'plain', isBusy = false, onPress, children }: PageButtonProps) {
  return (
    <button
      type="button"
      className={styles.button}
      data-form={form}
      aria-disabled={isBusy || undefined}
      onClick={() => !isBusy && onPress()}
    >
      {children}
    </button>
  );
}
