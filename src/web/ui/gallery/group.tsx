import type { ReactNode } from 'react';
import styles from './gallery.module.css';

export interface GroupProps {
  title: string;
  /** Without a sheet around. */
  isBare?: boolean;
  children: ReactNode;
}

export function Group({ title, isBare = false, children }: GroupProps) {
  return (
    <section className={styles.group}>
      <h2 className={styles.title}>{title}</h2>
      <div className={isBare ? styles.bare : styles.sheet}>{children}</div>
    </section>
  );
}
