import type { ReactNode } from 'react';
import styles from './banner.module.css';

export interface BannerProps {
  /** Accessible name of the status and the bold start of its line: "Sin conexión". */
  title: string;
  icon: ReactNode;
  children: ReactNode;
  /** At the right: next try, button. */
  aside?: ReactNode;
}

/** The pale amber line across the window while something essential is away. */
export function Banner({ title, icon, children, aside }: BannerProps) {
  return (
    <div className={styles.banner}>
      <div role="status" aria-label={title} className={styles.words}>
        {icon}
        <p>
          <strong>{title}</strong> {children}
        </p>
      </div>
      {aside !== undefined && <div className={styles.aside}>{aside}</div>}
    </div>
  );
}
