import { useState } from 'react';
import { Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '../../../bridge/facts.ts';
import type { Contact } from '../../../protocol/contact.ts';
import { formatDocument } from '../../../texts/format-document.ts';
import { formatPhone } from '../../../web/ui/words/format-phone.ts';
import { IconButton } from '../../../web/ui/icon-button.tsx';
import { Initials } from '../../../web/ui/initials.tsx';
import { Tabs } from '../../../web/ui/tabs.tsx';
import { useDeskServices, useNow } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';
import { TicketFacts } from '../ticket/ticket-facts.tsx';
import { ContactForm } from './contact-form.tsx';
import styles from './contact-panel.module.css';

export interface ContactPanelProps {
  ticket: TicketView;
  contact: Contact;
  /** The ticket is neither in hand nor one that this agent handled. */
  isReadOnly: boolean;
}

/** "Información del suscriptor" (S2-29, S4-13). */
export function ContactPanel({ ticket, contact, isReadOnly }: ContactPanelProps) {
  const { t } = useTranslation('contact');
  const { t: common } = useTranslation('common');
  const { toasts } = useDeskServices();
  const formats = useFormats();
  const now = useNow();
  const [tab, setTab] = useState<'personal' | 'ticket'>('personal');
  const name = `${contact.firstName} ${contact.lastName}`.trim() || common('noName');

  const handleCopy = async (): Promise<void> => {
    const lines = [
      name,
      contact.documentNumber === null ? '' : formatDocument(contact.documentType, contact.documentNumber),
      contact.phone === null ? '' : formatPhone(contact.phone),
      contact.email ?? '',
    ];
    await navigator.clipboard.writeText(lines.filter(Boolean).join('\n'));
    toasts.show({ message: common('copied') });
  };

  return (
    <>
      <header className={styles.head}>
        <Initials name={`${contact.firstName.split(' ', 1).join('')} ${contact.lastName}`} />
        <div className={styles.words}>
          <h2>{name}</h2>
          <p>{t('firstContact', { date: formats.date(contact.createdAt) })}</p>
        </div>
        <IconButton label={t('copy')} onPress={() => void handleCopy()}>
          <Copy size={16} aria-hidden />
        </IconButton>
      </header>
      <Tabs
        label={t('tabs.label')}
        selected={tab}
        onSelect={setTab}
        items={[
          {
            id: 'personal',
            label: t('tabs.personal'),
            content: (
              <div className={styles.body}>
                <ContactForm ticket={ticket} contact={contact} isReadOnly={isReadOnly} now={now} />
              </div>
            ),
          },
          {
            id: 'ticket',
            label: t('tabs.ticket'),
            content: (
              <div className={styles.body}>
                <TicketFacts header={ticket.header} />
              </div>
            ),
          },
        ]}
      />
    </>
  );
}
