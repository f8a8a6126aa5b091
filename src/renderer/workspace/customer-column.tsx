import { useTranslation } from 'react-i18next';
import type { TicketView } from '../../bridge/facts.ts';
import { ContactPanel } from '../features/contact/contact-panel.tsx';
import { Concealed } from '../features/masking/concealed.tsx';
import { NoContact } from '../features/contact/no-contact.tsx';
import { RefusedSection } from '../features/outbox/refused-section.tsx';
import { OutboxPanel } from '../features/outbox/outbox-panel.tsx';
import { SeatPanel } from '../features/seat/seat-panel.tsx';
import { TermsSheet } from '../features/terms/terms-sheet.tsx';
import { useDeskState } from '../start/desk-context.ts';
import styles from './workspace.module.css';

/** Column 3: the customer of the ticket in column 2; between two, the agent's place; on demand, what waits to be sent, or T&C. */
export function CustomerColumn() {
  const { t } = useTranslation('workspace');
  const isOutboxShown = useDeskState((state) => state.isOutboxShown);
  const isRefusedShown = useDeskState((state) => state.isRefusedShown);
  const openedTicketId = useDeskState((state) => state.openedTicketId);
  const opened = useDeskState((state) => state.opened);
  const current = useDeskState((state) => state.current?.ticket ?? null);
  const isInHand = openedTicketId === null || openedTicketId === current?.header.id;
  const isMine = useDeskState(({ handled }) => handled?.tickets.some(({ id }) => id === openedTicketId) ?? false);
  const termsAttentionId = useDeskState((state) => state.termsAttentionId);
  const hasTerms = isInHand && termsAttentionId !== null && current?.header.holder?.attentionId === termsAttentionId;
  const ticket = isInHand ? current : opened?.header.id === openedTicketId ? opened : null;
  return (
    <section aria-label={t('regions.customer')} className={styles.customer} data-column="customer">
      {isRefusedShown && !isOutboxShown && (
        <div className={styles.refused}>
          <Concealed>
            <RefusedSection />
          </Concealed>
        </div>
      )}
      {isOutboxShown ? (
        <Concealed>
          <OutboxPanel />
        </Concealed>
      ) : hasTerms && current ? (
        <TermsSheet key={termsAttentionId} ticket={current} />
      ) : ticket === null ? (
        <SeatPanel />
      ) : (
        <Concealed key={ticket.header.id} ticketId={ticket.header.id}>
          <Customer ticket={ticket} isOwn={isInHand || isMine} />
        </Concealed>
      )}
    </section>
  );
}

function Customer({ ticket, isOwn }: { ticket: TicketView; isOwn: boolean }) {
  const { header, contact } = ticket;
  return contact === null ? (
    <NoContact header={header} canLink={isOwn} />
  ) : (
    <ContactPanel ticket={ticket} contact={contact} isReadOnly={!isOwn} />
  );
}
