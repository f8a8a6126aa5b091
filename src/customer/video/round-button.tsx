import type { LucideIcon } from 'lucide-react';
import { useId, type Ref } from 'react';
import styles from './round-button.module.css';

export interface RoundButtonProps {
  icon: LucideIcon;
  label: string;
  /** 60 with the words beneath, 48 without. */
  size: 48 | 60;
  /** Of a toggle: whether it is on. */
  isOn?: boolean;
  /** Of one that opens something: whether that is open. */
  isExpanded?: boolean;
  /** What is new behind it; nothing is drawn for 0. `countWords` says it. */
  count?: number;
  countWords?: string;
  form?: 'plain' | 'leave';
  onPress: () => void;
  ref?: Ref<HTMLButtonElement>;
}

/** A round button over a picture. */
export function RoundButton({
  icon: Icon,
  label,
  size,
  isOn,
  isExpanded,
  count = 0,
  countWords,
  form = 'plain',
  onPress,
  ref,
}: RoundButtonProps) {
  const countId = useId();
  return (
    <button
      ref={ref}
      type="button"
      className={styles.control}
      data-size={size}
      data-form={form}
      aria-label={label}
      aria-pressed={isOn}
      aria-expanded={isExpanded}
      aria-describedby={count > 0 ? countId : undefined}
      onClick={onPress}
    >
      <span className={styles.circle}>
        <Icon size={size === 60 ? 24 : 22} strokeWidth={1.75} aria-hidden="true" />
      </span>
      {count > 0 && (
        <span className={styles.count}>
          <span aria-hidden="true">{count}</span>
          <span id={countId} hidden>
            {countWords}
          </span>
        </span>
      )}
      {size === 60 && <span>{label}</span>}
    </button>
  );
}
