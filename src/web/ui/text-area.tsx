import { useId, type ReactNode } from 'react';
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps } from 'react-aria-components/TextField';
import { FieldFrame } from './field-frame.tsx';
import styles from './field.module.css';

export interface TextAreaProps extends Omit<
  AriaTextFieldProps,
  'children' | 'className' | 'style' | 'render' | 'isInvalid' | 'validate' | 'type'
> {
  label: string;
  placeholder?: string;
  requirement?: string | undefined;
  description?: ReactNode;
  error?: string | undefined;
  /** Lines shown while empty; it grows with its text. */
  rows?: number;
}

export function TextArea({ label, placeholder, requirement, description, error, rows = 2, ...rest }: TextAreaProps) {
  const requirementId = useId();
  return (
    <AriaTextField
      {...rest}
      {...(requirement !== undefined && { 'aria-describedby': requirementId })}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className={styles.field ?? ''}
    >
      <FieldFrame
        label={label}
        requirement={requirement}
        requirementId={requirementId}
        description={description}
        error={error}
      >
        <div className={styles.box} data-invalid={error && 'true'}>
          <AriaTextArea
            className={`${styles.input} ${styles.area}`}
            rows={rows}
            style={{ minHeight: rows * 20 + 14, maxHeight: 220 }}
            {...(placeholder !== undefined && { placeholder })}
          />
        </div>
      </FieldFrame>
    </AriaTextField>
  );
}
