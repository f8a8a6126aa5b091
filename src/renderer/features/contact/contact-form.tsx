import { useTranslation } from 'react-i18next';
import type { TicketView } from '../../../bridge/facts.ts';
import { ContactField, type Contact } from '../../../protocol/contact.ts';
import { Button } from '../../../web/ui/button.tsx';
import { useDeskState } from '../../start/desk-context.ts';
import { useAct } from '../../start/use-call.ts';
import { useErrorWords } from '../../start/use-error-words.ts';
import { useFormats } from '../../start/use-formats.ts';
import { ActError } from '../ticket/act-error.tsx';
import { contactChanges } from './contact-changes.ts';
import { ContactFields } from './contact-fields.tsx';
import styles from './contact-panel.module.css';
import { shownContact } from './shown-contact.ts';
import { useContactErrors } from './use-contact-errors.ts';

export interface ContactFormProps {
  ticket: TicketView;
  contact: Contact;
  isReadOnly: boolean;
  now: number;
}

/** Edits field by field; what the centre refused stands at its field with the reason (S2-29, S4-14). */
export function ContactForm({ ticket, contact, isReadOnly, now }: ContactFormProps) {
  const { t } = useTranslation('contact');
  const formats = useFormats();
  const errorWords = useErrorWords();
  const edits = useDeskState(({ contactEdits }) => contactEdits[contact.id]);
  const write = useDeskState((state) => state.contactWritten);
  const forget = useDeskState((state) => state.contactGone);
  const refusals = useContactErrors(contact.id);
  const save = useAct();

  const shown = shownContact(contact);
  const changes = contactChanges(contact, edits ?? {});
  const isChanged = Object.keys(changes).length > 0;
  const errors = Object.fromEntries(
    ContactField.options.flatMap((field) => {
      const own = save.error?.field === field ? save.error : undefined;
      const error = own ?? refusals[field];
      return error ? [[field, errorWords(error)]] : [];
    }),
  );

  const handleSave = async (): Promise<void> => {
    if (!isChanged) return;
    const isSafe = await save.run({ type: 'contact.edit', ticketId: ticket.header.id, contactId: contact.id, changes });
    if (isSafe) forget(contact.id);
  };

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void handleSave();
      }}
    >
      <ContactFields
        values={{ ...shown, ...edits }}
        onChange={(field, text) => write(contact.id, field, text)}
        errors={errors}
        pending={ticket.pendingFields}
        isReadOnly={isReadOnly}
      />
      {save.error !== null && errors[save.error.field ?? ''] === undefined && (
        <div className={styles.whole}>
          <ActError error={save.error} onClose={save.forgetError} />
        </div>
      )}
      {!isReadOnly && (
        <div className={styles.foot}>
          <span className={styles.saved}>
            {isChanged
              ? t('unsaved')
              : contact.updatedByName !== null &&
                t('savedBy', { when: formats.when(contact.updatedAt, now), name: contact.updatedByName })}
          </span>
          <Button type="submit" isDisabled={!isChanged}>
            {t('save')}
          </Button>
        </div>
      )}
    </form>
  );
}
