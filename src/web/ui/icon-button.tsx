import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import button from './button.module.css';
import { classNames } from './class-names.ts';
import styles from './icon-button.module.css';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps extends Omit<
  AriaButtonProps,
  'children' | 'className' | 'style' | 'render' | 'aria-label'
> {
  /** Accessible name and tooltip. */
  label: string;
  children: ReactNode;
  /** `onFrame`: on the dark bar of a video; white while what it switches is off. */
  variant?: 'outlined' | 'quiet' | 'dangerOutlined' | 'onFrame';
  size?: 'small' | 'medium' | 'large';
  shortcut?: string | undefined;
  /** Why it cannot be pressed now; said in the tooltip instead of the label. */
  unavailable?: string | undefined;
}

/** A square button with an icon alone. */
export function IconButton({
  label,
  children,
  variant = 'quiet',
  size = 'medium',
  shortcut,
  unavailable,
  onPress,
  ...rest
}: IconButtonProps) {
  const isUnavailable = unavailable !== undefined;
  return (
    <Tooltip text={unavailable ?? label}>
      <AriaButton
        {...rest}
        {...(onPress && !isUnavailable && { onPress })}
        aria-label={label}
        className={classNames(
          button.button,
          button[variant],
          button[size],
          styles.square,
          variant === 'onFrame' && styles.onFrame,
          isUnavailable && button.unavailable,
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
        {children}
      </AriaButton>
    </Tooltip>
  );
}
