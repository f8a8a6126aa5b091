import { useTranslation } from 'react-i18next';
import type { ContactField } from '../../../protocol/contact.ts';
import { Chip } from '../../../web/ui/chip.tsx';
import { Select } from '../../../web/ui/select.tsx';
import { TextField } from '../../../web/ui/text-field.tsx';
import { useWorking } from '../../start/use-working.ts';
import { MaskedField } from '../masking/masked-field.tsx';
import type { ContactEdits } from '../../stores/writing-slice.ts';
import styles from './contact-panel.module.css';
import { documentTypesOf } from '../../../domain/contact/document-types.ts';

const MAXIMUM_LENGTH: Record<Exclude<ContactField, 'documentType'>, number> = {
  firstName: 80,
  lastName: 80,
  documentNumber: 32,
  phone: 32,
  email: 254,
};

export interface ContactFieldsProps {
  values: ContactEdits;
  onChange: (field: ContactField, text: string) => void;
  errors: Readonly<Partial<Record<ContactField, string>>>;
  /** Fields whose edit has not reached the centre. */
  pending?: readonly string[];
  isReadOnly?: boolean;
}

/** Nombre, Apellido, Tipo de documento, Identificación, Teléfono, Correo: two by two, the last two whole. */
export function ContactFields({ values, onChange, errors, pending = [], isReadOnly = false }: ContactFieldsProps) {
  const { t } = useTranslation('contact');
  const { t: common } = useTranslation('common');
  const { country } = useWorking();
  const documentType = values.documentType ?? '';
  const types = documentTypesOf(country);

  const about = (field: Exclude<ContactField, 'documentType'>) => ({
    label: t(`field.${field}`),
    value: values[field] ?? '',
    onChange: (next: string) => onChange(field, next),
    error: errors[field],
    maxLength: MAXIMUM_LENGTH[field],
    autoComplete: 'off',
    isReadOnly,
    trailing: pending.includes(field) && <Chip>{common('pending')}</Chip>,
  });

  return (
    <>
      <TextField {...about('firstName')} />
      <TextField {...about('lastName')} />
      {isReadOnly ? (
        <TextField label={t('field.documentType')} value={documentType} isReadOnly />
      ) : (
        <Select
          label={t('field.documentType')}
          placeholder={common('unknown')}
          options={[...new Set(documentType === '' ? types : [...types, documentType])].map((type) => ({
            value: type,
            label: type,
          }))}
          value={documentType === '' ? null : documentType}
          onChange={(type) => onChange('documentType', type)}
          error={errors.documentType}
        />
      )}
      <MaskedField kind="document" {...about('documentNumber')} />
      <div className={styles.whole}>
        <MaskedField kind="phone" type="tel" inputMode="tel" {...about('phone')} />
      </div>
      <div className={styles.whole}>
        <MaskedField kind="email" type="email" inputMode="email" {...about('email')} />
      </div>
    </>
  );
}
