import styles from './states.module.css';

export interface EmptyStateProps {
  /** "Nadie en espera" */
  title: string;
  /** What will fill it. */
  children: string;
}

export function EmptyState({ title, children }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      <p className={styles.detail}>{children}</p>
    </div>
  );
}
