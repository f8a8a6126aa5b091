import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../web/ui/empty-state.tsx';
import { Tabs } from '../../web/ui/tabs.tsx';
import { AttendingLists } from '../features/held/attending-lists.tsx';
import { InHand } from '../features/waiting-list/in-hand.tsx';
import { WaitingList } from '../features/waiting-list/waiting-list.tsx';
import { useDeskState } from '../start/desk-context.ts';
import { useFormats } from '../start/use-formats.ts';
import styles from './workspace.module.css';

/** Column 1: four tabs, the attention in hand pinned, the lists. */
export function TicketsColumn() {
  const { t } = useTranslation('workspace');
  const { t: ticketText } = useTranslation('tickets');
  const formats = useFormats();
  const tab = useDeskState((state) => state.tab);
  const showTab = useDeskState((state) => state.showTab);
  const counts = useDeskState(({ waiting }) => waiting?.tabs);
  const count = (of: 'waiting' | 'attending' | 'paused' | 'outOfHours') => counts && formats.number(counts[of]);
  const nothing = (of: 'paused' | 'outOfHours') => (
    <>
      <InHand />
      <EmptyState title={ticketText(`empty.${of}`)}>{ticketText(`empty.${of}Detail`)}</EmptyState>
    </>
  );
  return (
    <section aria-label={t('regions.tickets')} className={styles.tickets}>
      <Tabs
        variant="status"
        label={ticketText('tabs')}
        selected={tab}
        onSelect={showTab}
        items={[
          {
            id: 'waiting',
            label: ticketText('tab.waiting'),
            status: 'waiting',
            count: count('waiting'),
            content: (
              <>
                <InHand />
                <WaitingList />
              </>
            ),
          },
          {
            id: 'attending',
            label: ticketText('tab.attending'),
            status: 'attending',
            count: count('attending'),
            content: (
              <>
                <InHand />
                <AttendingLists />
              </>
            ),
          },
          {
            id: 'paused',
            label: ticketText('tab.paused'),
            status: 'paused',
            count: count('paused'),
            content: nothing('paused'),
          },
          {
            id: 'outOfHours',
            label: ticketText('tab.outOfHours'),
            status: 'outOfHours',
            count: count('outOfHours'),
            content: nothing('outOfHours'),
          },
        ]}
      />
    </section>
  );
}
