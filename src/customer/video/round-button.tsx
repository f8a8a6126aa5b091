import type { LucideIcon } from 'lucide-react';
import type { Ref } from 'react';
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
  form = 'plain',
  onPress,
  ref,
}: RoundButtonProps) {
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
      onClick={onPress}
    >
      <span className={styles.circle}>
        <Icon size={size === 60 ? 24 : 22} strokeWidth={1.75} aria-hidden="true" />
      </span>
      {size === 60 && <span>{label}</span>}
    </button>
  );
}
