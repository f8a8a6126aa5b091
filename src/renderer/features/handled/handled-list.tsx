import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../web/ui/empty-state.tsx';
import { LongList } from '../../../web/ui/long-list/long-list.tsx';
import { useDeskState, useNow } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';
import { OutcomeWord } from '../ticket/outcome-word.tsx';
import { TicketRow } from '../ticket/ticket-row.tsx';
import type { TicketId } from '../../../protocol/ids.ts';

const ROW_HEIGHT = 71;

/** The tickets that this agent handled, newest first (S4-02). */
export function HandledList() {
  const { t } = useTranslation('workspace');
  const { t: stateName } = useTranslation('states');
  const formats = useFormats();
  const now = useNow();
  const handled = useDeskState((state) => state.handled?.tickets);
  const openedTicketId = useDeskState((state) => state.openedTicketId);
  const openTicket = useDeskState((state) => state.openTicket);
  const tickets = handled ?? [];
  const places = useMemo(() => new Map<string, number>(handled?.map(({ id }, index) => [id, index])), [handled]);
  return (
    <LongList
      label={t('handled.title')}
      count={tickets.length}
      rowHeight={ROW_HEIGHT}
      keyAt={(index) => tickets[index]?.id}
      indexOf={(key) => places.get(key) ?? -1}
      currentKey={openedTicketId}
      onOpen={(key) => openTicket(key as TicketId)}
      renderRow={(index) => {
        const header = tickets[index];
        if (!header) return null;
        return (
          <TicketRow header={header} figure={formats.when(header.closedAt ?? header.createdAt, now)}>
            {header.outcome === null ? (
              <span>{stateName(`ticket.${header.state}`)}</span>
            ) : (
              <OutcomeWord outcome={header.outcome} />
            )}
          </TicketRow>
        );
      }}
      empty={handled && <EmptyState title={t('handled.empty')}>{t('handled.emptyDetail')}</EmptyState>}
    />
  );
}
