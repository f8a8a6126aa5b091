import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketId } from '../../../protocol/ids.ts';
import { EmptyState } from '../../../web/ui/empty-state.tsx';
import { LoadingState } from '../../../web/ui/loading-state.tsx';
import { LongList } from '../../../web/ui/long-list/long-list.tsx';
import { useDeskState } from '../../start/desk-context.ts';
import { useListWindow } from '../../start/use-list-window.ts';
import { useFormats } from '../../start/use-formats.ts';
import { ActError } from '../ticket/act-error.tsx';
import { useCallTicket } from '../ticket/use-call-ticket.ts';
import { NewTicketButtons } from './new-ticket-buttons.tsx';
import { OrderHelp } from './order-help.tsx';
import { WaitingRow } from './waiting-row.tsx';
import styles from './waiting-list.module.css';

const ROW_HEIGHT = 71;
const MANUAL_ROW_HEIGHT = 80;

/** "Turnos en espera", in the order of service (S2-10). */
export function WaitingList() {
  const { t } = useTranslation('tickets');
  const formats = useFormats();
  const count = useDeskState(({ waiting }) => waiting?.count);
  const { from, rows } = useDeskState((state) => state.waitingWindow);
  const isManual = useDeskState(({ status }) => status?.status.isManual ?? false);
  const openedTicketId = useDeskState((state) => state.openedTicketId);
  const openTicket = useDeskState((state) => state.openTicket);
  const loaded = useDeskState((state) => state.waitingWindowLoaded);
  const version = useDeskState(({ waiting }) => waiting?.version);
  const wantRows = useListWindow('waiting.window', version, loaded);
  // Kept here and not in the row: a row whose call was refused is often gone.
  const call = useCallTicket();
  const places = useMemo(
    () => new Map<string, number>(rows.map(({ header }, index) => [header.id, from + index])),
    [from, rows],
  );

  return (
    <>
      <div className={styles.head}>
        <h2>{t('list')}</h2>
        <span>{count === undefined ? '' : formats.number(count)}</span>
        <OrderHelp />
      </div>
      <NewTicketButtons />
      <ActError error={call.error} onClose={call.forgetError} />
      {count === undefined ? (
        <LoadingState />
      ) : (
        <LongList
          label={t('list')}
          count={count}
          rowHeight={isManual ? MANUAL_ROW_HEIGHT : ROW_HEIGHT}
          keyAt={(index) => rows[index - from]?.header.id}
          indexOf={(key) => places.get(key) ?? -1}
          currentKey={openedTicketId}
          onWindow={wantRows}
          onOpen={(key) => openTicket(key as TicketId)}
          renderRow={(index) => {
            const row = rows[index - from];
            if (!row) return <div className={styles.unloaded} />;
            return <WaitingRow header={row.header} isManual={isManual} onCall={(header) => void call.call(header)} />;
          }}
          empty={<EmptyState title={t('empty.waiting')}>{t('empty.waitingDetail')}</EmptyState>}
        />
      )}
    </>
  );
}
