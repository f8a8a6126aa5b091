import { useTranslation } from 'react-i18next';
import type { ContactField, ContactMatch } from '../../../protocol/contact.ts';
import { maskedDocument } from '../../../texts/format-document.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Segmented } from '../../../web/ui/segmented.tsx';
import { Concealed } from '../masking/concealed.tsx';
import contact from '../contact/contact-panel.module.css';
import { ContactFields } from '../contact/contact-fields.tsx';
import { ContactSearch } from '../contact/contact-search.tsx';
import type { ContactEdits } from '../../stores/writing-slice.ts';

export interface ChosenCustomer {
  kind: 'none' | 'existing' | 'new';
  match: ContactMatch | null;
  values: ContactEdits;
}

export interface CustomerChoiceProps {
  customer: ChosenCustomer;
  onChange: (customer: ChosenCustomer) => void;
  /** By field of a new contact. */
  errors: Readonly<Partial<Record<ContactField, string>>>;
}

/** Whom a ticket is for: nobody said, somebody known, somebody new (S2-20). */
export function CustomerChoice({ customer, onChange, errors }: CustomerChoiceProps) {
  const { t } = useTranslation('tickets');
  const { t: contactText } = useTranslation('contact');
  const { kind, match, values } = customer;
  return (
    <>
      <Segmented
        label={t('create.customer')}
        value={kind}
        onChange={(next) => onChange({ ...customer, kind: next })}
        options={[
          { value: 'none', label: t('create.withoutContact') },
          { value: 'existing', label: t('create.existingContact') },
          { value: 'new', label: t('create.newContact') },
        ]}
      />
      {kind === 'existing' &&
        (match === null ? (
          <ContactSearch
            autoFocus
            renderAction={(found) => (
              <Button size="small" onPress={() => onChange({ ...customer, match: found })}>
                {contactText('search.link')}
              </Button>
            )}
          />
        ) : (
          <div className={contact.chosen}>
            <Concealed>
              <div className={contact.matchWords}>
                <strong>{match.name}</strong>
                <p>{match.documentLast4 === null ? '' : maskedDocument(match.documentType, match.documentLast4)}</p>
              </div>
            </Concealed>
            <Button size="small" onPress={() => onChange({ ...customer, match: null })}>
              {contactText('search.change')}
            </Button>
          </div>
        ))}
      {kind === 'new' && (
        <Concealed isEmpty={isEmpty(values)}>
          <div className={contact.form}>
            <ContactFields
              values={values}
              onChange={(field, text) => onChange({ ...customer, values: { ...values, [field]: text } })}
              errors={errors}
            />
          </div>
        </Concealed>
      )}
    </>
  );
}

/** Nothing but the type of a document, which is chosen to begin with. */
const isEmpty = (values: ContactEdits): boolean =>
  Object.entries(values).every(([field, text]) => field === 'documentType' || text === undefined || text === '');
