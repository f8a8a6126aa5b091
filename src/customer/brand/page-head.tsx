import type { ReactNode } from 'react';
import { BrandMark } from './brand-mark.tsx';
import styles from './page-head.module.css';

export interface PageHeadProps {
  /** Whose page it is, or what it is while that is not known. */
  title: string;
  /** The word that says so; null or absent where it is none. */
  demo?: string | null;
  /** At the other end. */
  children?: ReactNode;
}

/** The head of a customer's page on a phone. */
export function PageHead({ title, demo = null, children }: PageHeadProps) {
  return (
    <header className={styles.head}>
      <BrandMark />
      <p className={styles.title}>{title}</p>
      {demo !== null && <p className={styles.demo}>{demo}</p>}
      {children && <p className={styles.end}>{children}</p>}
    </header>
  );
}
