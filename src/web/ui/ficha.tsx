import type { ElementType } from 'react';
import { classNames } from './class-names.ts';
import styles from './ficha.module.css';

export interface FichaProps {
  /** The turn code that is called: C-012. */
  code: string;
  /** Px of the letters: list side 20, header 26, idle 40, call 56, phone 72, kiosk 260. */
  size: 20 | 26 | 40 | 56 | 72 | 260;
  /** `h1` where the code is the page's heading. */
  as?: ElementType;
}

/** The notched ticket stub: it always means the code that is called. */
export function Ficha({ code, size, as: Element = 'span' }: FichaProps) {
  return <Element className={classNames(styles.ficha, styles[`size${size}`])}>{code}</Element>;
}
