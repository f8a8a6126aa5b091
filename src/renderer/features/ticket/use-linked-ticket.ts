import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';
import { isWriting } from '../../start/is-typing.ts';

/** Opens the ticket that a link from outside names; whoever is writing is asked first (trust B88). */
export function useLinkedTicket(): void {
  const { store, toasts } = useDeskServices();
  const { t } = useTranslation('workspace');
  const linkedTicketId = useDeskState((state) => state.linkedTicketId);

  useEffect(() => {
    if (linkedTicketId === null) return;
    const { openTicket, ticketLinked } = store.getState();
    ticketLinked(null);
    if (isWriting()) {
      toasts.show({
        message: t('notice.linked'),
        action: { label: t('notice.showLinked'), onPress: () => openTicket(linkedTicketId) },
      });
    } else {
      openTicket(linkedTicketId);
    }
  }, [linkedTicketId, store, toasts, t]);
}
