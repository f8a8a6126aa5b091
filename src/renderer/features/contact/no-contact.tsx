import { UserPlus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ActCustomer } from '../../../bridge/act.ts';
import type { TicketHeader } from '../../../protocol/ticket.ts';
import { Button } from '../../../web/ui/button.tsx';
import { useDeskState } from '../../start/desk-context.ts';
import { useAct } from '../../start/use-call.ts';
import { useWorking } from '../../start/use-working.ts';
import { ActError } from '../ticket/act-error.tsx';
import styles from './contact-panel.module.css';
import { ContactSearch } from './contact-search.tsx';
import { documentTypesOf } from '../../../domain/contact/document-types.ts';
import { NewContactForm } from './new-contact-form.tsx';

export interface NoContactProps {
  header: TicketHeader;
  /** The ticket is this agent's: they may say whose it is. */
  canLink: boolean;
}

/** "Este tiquete no tiene contacto": find one and link it, or write a new one (S4-15 to S4-18). */
export function NoContact({ header: { id: ticketId }, canLink }: NoContactProps) {
  const { t } = useTranslation('contact');
  const { country } = useWorking();
  const written = useDeskState(({ newContacts }) => newContacts[ticketId]);
  const write = useDeskState((state) => state.newContactWritten);
  const forget = useDeskState((state) => state.newContactGone);
  const link = useAct();
  const linkTo = (customer: ActCustomer): Promise<boolean> => link.run({ type: 'contact.link', ticketId, customer });

  return (
    <div className={styles.none}>
      <header className={styles.noneHead}>
        <h2>{t('none.title')}</h2>
        {canLink && <p>{t('none.detail')}</p>}
      </header>
      {canLink && link.error?.field === undefined && <ActError error={link.error} onClose={link.forgetError} />}
      {canLink &&
        (written ? (
          <NewContactForm
            values={written}
            onChange={(edits) => write(ticketId, edits)}
            error={link.error}
            onSubmit={async (contact) => {
              if (await linkTo({ type: 'new', contact })) forget(ticketId);
            }}
            onCancel={() => forget(ticketId)}
          />
        ) : (
          <>
            <ContactSearch
              renderAction={(match) => (
                <Button size="small" onPress={() => void linkTo({ type: 'existing', contactId: match.id })}>
                  {t('search.link')}
                </Button>
              )}
            />
            <div className={styles.buttons}>
              <Button
                icon={<UserPlus size={16} aria-hidden />}
                onPress={() => write(ticketId, { documentType: documentTypesOf(country)[0] ?? '' })}
              >
                {t('none.create')}
              </Button>
            </div>
          </>
        ))}
    </div>
  );
}
