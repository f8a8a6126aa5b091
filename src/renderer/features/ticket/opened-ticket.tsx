import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketId } from '../../../protocol/ids.ts';
import { ErrorState } from '../../../web/ui/error-state.tsx';
import { LoadingState } from '../../../web/ui/loading-state.tsx';
import { useDeskServices } from '../../start/desk-context.ts';
import { useErrorWords } from '../../start/use-error-words.ts';
import { TicketPreview } from './ticket-preview.tsx';
import { useOpenedTicket } from './use-opened-ticket.ts';

export interface OpenedTicketProps {
  ticketId: TicketId;
}

/**
 * The ticket chosen in a list, or named by a link: from the desk's own store, or asked of the centre. One that is not there
 * for this agent is said in passing, and column 2 is as it was without it (trust B89).
 */
export function OpenedTicket({ ticketId }: OpenedTicketProps) {
  const { t } = useTranslation('workspace');
  const { t: common } = useTranslation('common');
  const errorWords = useErrorWords();
  const { store, toasts } = useDeskServices();
  const { ticket, error, reload } = useOpenedTicket(ticketId);
  const isNotThere = ticket === null && (error?.code === 'NOT_FOUND' || error?.code === 'FORBIDDEN');

  useEffect(() => {
    if (!isNotThere) return;
    toasts.show({ message: t('opened.notFound') });
    store.getState().openTicket(null);
  }, [isNotThere, store, toasts, t]);

  if (ticket) return <TicketPreview ticket={ticket} onChanged={reload} />;
  if (!error || isNotThere) return <LoadingState />;
  return (
    <ErrorState title={t('opened.failed')} onRetry={reload}>
      {`${errorWords(error)} ${common('errorCode', { code: error.code })}`}
    </ErrorState>
  );
}
