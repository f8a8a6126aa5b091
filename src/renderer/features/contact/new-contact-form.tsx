import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactInput } from '../../../protocol/contact.ts';
import type { ErrorBody } from '../../../protocol/error-codes.ts';
import { Button } from '../../../web/ui/button.tsx';
import type { ContactEdits } from '../../stores/writing-slice.ts';
import { ContactFields } from './contact-fields.tsx';
import { contactInput } from './contact-input.ts';
import styles from './contact-panel.module.css';
import { useNewContactErrors } from './use-new-contact-errors.ts';

export interface NewContactFormProps {
  values: ContactEdits;
  onChange: (edits: ContactEdits) => void;
  /** Why the last attempt was refused. */
  error: ErrorBody | null;
  onSubmit: (contact: ContactInput) => Promise<void>;
  onCancel: () => void;
}

export function NewContactForm({ values, onChange, error, onSubmit, onCancel }: NewContactFormProps) {
  const { t } = useTranslation('contact');
  const { t: common } = useTranslation('common');
  const [isTried, setIsTried] = useState(false);
  const { errors, isNameless } = useNewContactErrors(values, error, isTried);
  return (
    <form
      className={styles.body}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsTried(true);
        if (!isNameless) void onSubmit(contactInput(values));
      }}
    >
      <div className={styles.form}>
        <ContactFields values={values} onChange={(field, text) => onChange({ [field]: text })} errors={errors} />
        <div className={styles.foot}>
          <span className={styles.saved} />
          <Button onPress={onCancel}>{common('back')}</Button>
          <Button type="submit" variant="accent">
            {t('create.submit')}
          </Button>
        </div>
      </div>
    </form>
  );
}
