import { useTranslation } from 'react-i18next';
import { ContactPanel } from '../features/contact/contact-panel.tsx';
import { NoContact } from '../features/contact/no-contact.tsx';
import { RefusedSection } from '../features/outbox/refused-section.tsx';
import { OutboxPanel } from '../features/outbox/outbox-panel.tsx';
import { SeatPanel } from '../features/seat/seat-panel.tsx';
import { useDeskState } from '../start/desk-context.ts';
import styles from './workspace.module.css';

/** Column 3: the customer of the ticket in column 2; between two, the agent's place; on demand, what waits to be sent. */
export function CustomerColumn() {
  const { t } = useTranslation('workspace');
  const isOutboxShown = useDeskState((state) => state.isOutboxShown);
  const isRefusedShown = useDeskState((state) => state.isRefusedShown);
  const openedTicketId = useDeskState((state) => state.openedTicketId);
  const opened = useDeskState((state) => state.opened);
  const current = useDeskState((state) => state.current?.ticket ?? null);
  const isInHand = openedTicketId === null || openedTicketId === current?.header.id;
  const isMine = useDeskState(({ handled }) => handled?.tickets.some(({ id }) => id === openedTicketId) ?? false);
  const ticket = isInHand ? current : opened?.header.id === openedTicketId ? opened : null;
  return (
    <section aria-label={t('regions.customer')} className={styles.customer} data-column="customer">
      {isRefusedShown && !isOutboxShown && (
        <div className={styles.refused}>
          <RefusedSection />
        </div>
      )}
      {isOutboxShown ? (
        <OutboxPanel />
      ) : ticket === null ? (
        <SeatPanel />
      ) : ticket.contact === null ? (
        <NoContact key={ticket.header.id} header={ticket.header} canLink={isInHand || isMine} />
      ) : (
        <ContactPanel
          key={ticket.header.id}
          ticket={ticket}
          contact={ticket.contact}
          isReadOnly={!isInHand && !isMine}
        />
      )}
    </section>
  );
}
