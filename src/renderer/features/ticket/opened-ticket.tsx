import { useTranslation } from 'react-i18next';
import type { TicketId } from '../../../protocol/ids.ts';
import { ErrorState } from '../../../web/ui/error-state.tsx';
import { LoadingState } from '../../../web/ui/loading-state.tsx';
import { useErrorWords } from '../../start/use-error-words.ts';
import { TicketPreview } from './ticket-preview.tsx';
import { useOpenedTicket } from './use-opened-ticket.ts';

export interface OpenedTicketProps {
  ticketId: TicketId;
}

/** The ticket chosen in a list: from the desk's own store, or asked of the centre. */
export function OpenedTicket({ ticketId }: OpenedTicketProps) {
  const { t } = useTranslation('workspace');
  const { t: common } = useTranslation('common');
  const errorWords = useErrorWords();
  const { ticket, error, reload } = useOpenedTicket(ticketId);
  if (ticket) return <TicketPreview ticket={ticket} onChanged={reload} />;
  if (!error) return <LoadingState />;
  return (
    <ErrorState title={t('opened.failed')} onRetry={reload}>
      {`${errorWords(error)} ${common('errorCode', { code: error.code })}`}
    </ErrorState>
  );
}
