import { classNames } from './class-names.ts';
import styles from './initials.module.css';

export interface InitialsProps {
  name: string;
  /** Side in px: 32 in the bar, 40 in panels. */
  size?: 32 | 40;
  /** On the ink frame. */
  isPortrait?: boolean;
}

/** First letters of the first two words of a name, in a square. Decorative: the name stands beside it. */
export function Initials({ name, size = 40, isPortrait = false }: InitialsProps) {
  const letters = name
    .trim()
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => Array.from(word)[0] ?? '')
    .join('')
    .toLocaleUpperCase();
  return (
    <span
      aria-hidden="true"
      className={classNames(styles.initials, isPortrait && styles.portrait)}
      style={{ width: size, height: size, fontSize: size === 40 ? 16 : 13 }}
    >
      {letters}
    </span>
  );
}
