import type { ReactNode } from 'react';
import { CircleAlert } from 'lucide-react';
import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import styles from './field.module.css';

export interface FieldFrameProps {
  label: string;
  /** "(obligatoria)": stands beside the label and describes the field, without becoming part of its name. */
  requirement?: string | undefined;
  /** The field names it in `aria-describedby`. */
  requirementId: string;
  description?: ReactNode;
  error?: string | undefined;
  children: ReactNode;
}

/** Label above, requirement beside it, description or error below: what text field and text area share. */
export function FieldFrame({ label, requirement, requirementId, description, error, children }: FieldFrameProps) {
  return (
    <>
      <div className={styles.labelLine}>
        <Label>{label}</Label>
        {requirement !== undefined && (
          <span id={requirementId} className={styles.requirement}>
            {`(${requirement})`}
          </span>
        )}
      </div>
      {children}
      {description !== undefined && (
        <Text slot="description" className={styles.description ?? ''}>
          {description}
        </Text>
      )}
      <FieldError className={styles.error ?? ''}>
        <CircleAlert size={14} aria-hidden />
        {error}
      </FieldError>
    </>
  );
}
