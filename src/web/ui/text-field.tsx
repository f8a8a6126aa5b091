import { useId, type ReactNode } from 'react';
import { Input } from 'react-aria-components/Input';
import { TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps } from 'react-aria-components/TextField';
import { classNames } from './class-names.ts';
import { FieldFrame } from './field-frame.tsx';
import styles from './field.module.css';

export interface TextFieldProps extends Omit<
  AriaTextFieldProps,
  'children' | 'className' | 'style' | 'render' | 'isInvalid' | 'validate'
> {
  label: string;
  /** The label is only its accessible name; the placeholder says what to write. */
  isLabelHidden?: boolean;
  placeholder?: string;
  requirement?: string | undefined;
  description?: ReactNode;
  /** What is wrong and how to mend it; marks the field invalid. */
  error?: string | undefined;
  size?: 'medium' | 'large';
  icon?: ReactNode;
  /** At the right, inside the box: a key, a button that shows the password. */
  trailing?: ReactNode;
}

export function TextField({
  label,
  isLabelHidden = false,
  placeholder,
  requirement,
  description,
  error,
  size = 'medium',
  icon,
  trailing,
  ...rest
}: TextFieldProps) {
  const requirementId = useId();
  const box = (
    <div className={classNames(styles.box, size === 'large' && styles.large)} data-invalid={error && 'true'}>
      {icon !== undefined && <span className={styles.icon}>{icon}</span>}
      <Input className={styles.input ?? ''} {...(placeholder !== undefined && { placeholder })} />
      {trailing}
    </div>
  );
  return (
    <AriaTextField
      {...rest}
      {...(isLabelHidden && { 'aria-label': label })}
      {...(requirement !== undefined && { 'aria-describedby': requirementId })}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className={styles.field ?? ''}
    >
      {isLabelHidden ? (
        box
      ) : (
        <FieldFrame
          label={label}
          requirement={requirement}
          requirementId={requirementId}
          description={description}
          error={error}
        >
          {box}
        </FieldFrame>
      )}
    </AriaTextField>
  );
}
