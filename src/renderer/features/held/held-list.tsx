import { CloudOff } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketId } from '../../../protocol/ids.ts';
import { EmptyState } from '../../../web/ui/empty-state.tsx';
import { LoadingState } from '../../../web/ui/loading-state.tsx';
import { LongList } from '../../../web/ui/long-list/long-list.tsx';
import { useDeskState } from '../../start/desk-context.ts';
import { useListWindow } from '../../start/use-list-window.ts';
import list from '../waiting-list/waiting-list.module.css';
import styles from './held-list.module.css';
import { HeldRow } from './held-row.tsx';
import { useFocusAfterDialog } from './use-focus-after-dialog.ts';
import { useSupervises } from './use-supervises.ts';

const ROW_HEIGHT = 92;
const SUPERVISED_ROW_HEIGHT = 98;

/** "En atención": what everybody of the branch holds now, and whose desk is silent (S2-01, trust R17). */
export function HeldList() {
  const { t } = useTranslation('tickets');
  const supervises = useSupervises();
  const held = useDeskState((state) => state.held);
  const { from, rows } = useDeskState((state) => state.heldWindow);
  const loaded = useDeskState((state) => state.heldWindowLoaded);
  const openedTicketId = useDeskState((state) => state.openedTicketId);
  const openTicket = useDeskState((state) => state.openTicket);
  const place = useFocusAfterDialog();
  const wantRows = useListWindow('held.window', held?.version, loaded);
  const places = useMemo(
    () => new Map<string, number>(rows.map(({ header }, index) => [header.id, from + index])),
    [from, rows],
  );
  if (!held) return <LoadingState />;
  return (
    <div ref={place} className={styles.place}>
      <div className={list.head}>
        {t('held.order')}
        <span role="status" className={styles.silentCount}>
          {held.silent > 0 && (
            <>
              <CloudOff size={14} aria-hidden />
              {t('held.silent', { count: held.silent })}
            </>
          )}
        </span>
      </div>
      <LongList
        label={t('held.title')}
        count={held.count}
        rowHeight={supervises ? SUPERVISED_ROW_HEIGHT : ROW_HEIGHT}
        keyAt={(index) => rows[index - from]?.header.id}
        indexOf={(key) => places.get(key) ?? -1}
        currentKey={openedTicketId}
        onWindow={wantRows}
        onOpen={(key) => openTicket(key as TicketId)}
        renderRow={(index) => {
          const row = rows[index - from];
          return row ? <HeldRow row={row} /> : <div className={list.unloaded} />;
        }}
        empty={<EmptyState title={t('held.empty')}>{t('held.emptyDetail')}</EmptyState>}
      />
    </div>
  );
}
