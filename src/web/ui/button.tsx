import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import styles from './button.module.css';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';
import { Tooltip } from './tooltip.tsx';

export type ButtonVariant = 'primary' | 'outlined' | 'accent' | 'quiet' | 'danger' | 'dangerOutlined' | 'hangUp';

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style' | 'render'> {
  /** The words on the button: its accessible name. */
  children: ReactNode;
  /** One `primary` per view; other strong acts are `accent` (outlined in accent). */
  variant?: ButtonVariant;
  /** 28, 32 or 44 px high. */
  size?: 'small' | 'medium' | 'large';
  icon?: ReactNode;
  /** At the right of the words: the chevron of a menu. */
  trailingIcon?: ReactNode;
  /** `F2`, `Control+Enter`: drawn, and told to assistive technology as a key, not as part of the name. */
  shortcut?: string | undefined;
  /** A countdown or a figure after the words, never part of the name: `12 s`. */
  figure?: string | undefined;
  /** Why it cannot be pressed now. The button stays focusable and says this in its tooltip. */
  unavailable?: string | undefined;
  isWide?: boolean;
}

export function Button({
  children,
  variant = 'outlined',
  size = 'medium',
  icon,
  trailingIcon,
  shortcut,
  figure,
  unavailable,
  isWide = false,
  onPress,
  ...rest
}: ButtonProps) {
  const isUnavailable = unavailable !== undefined;
  return (
    <Tooltip text={unavailable}>
      <AriaButton
        {...rest}
        {...(onPress && !isUnavailable && { onPress })}
        className={classNames(
          styles.button,
          styles[variant],
          styles[size],
          isWide && styles.wide,
          isUnavailable && styles.unavailable,
        )}
        render={(props) => (
          <button
            {...props}
            type={props.type === 'submit' && !isUnavailable ? 'submit' : 'button'}
            aria-keyshortcuts={shortcut}
            aria-disabled={isUnavailable || props['aria-disabled']}
          />
        )}
      >
        {icon}
        <span className={styles.words}>
          {children}
          {figure !== undefined && (
            <span aria-hidden="true" className={styles.figure}>
              {` · ${figure}`}
            </span>
          )}
        </span>
        {shortcut !== undefined && <Kbd shortcut={shortcut} />}
        {trailingIcon}
      </AriaButton>
    </Tooltip>
  );
}
