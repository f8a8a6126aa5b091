import { useTranslation } from 'react-i18next';
import type { TicketHeader } from '../../../protocol/ticket.ts';
import { Button } from '../../../web/ui/button.tsx';
import { EmptyState } from '../../../web/ui/empty-state.tsx';
import { Panel } from '../../../web/ui/panel.tsx';
import hiding from '../../../web/ui/visually-hidden.module.css';
import { useDeskState, useNow } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';
import { useWorking } from '../../start/use-working.ts';
import { useRowWords } from '../masking/use-row-words.ts';
import { OutcomeWord } from '../ticket/outcome-word.tsx';
import styles from './idle-view.module.css';

const SHOWN = 6;

/** "Últimas atenciones": the last few that this agent closed. */
export function LastAttentions() {
  const { t } = useTranslation('workspace');
  const formats = useFormats();
  const now = useNow();
  const { services } = useWorking();
  const tickets = useDeskState(({ handled }) => handled?.tickets);
  const showTab = useDeskState((state) => state.showTab);
  const closed = tickets?.filter(({ closedAt }) => closedAt !== null) ?? [];
  return (
    <Panel
      title={t('idle.lastAttentions')}
      isFlush
      aside={
        closed.length > 0 && (
          <Button variant="quiet" size="small" onPress={() => showTab('attending')}>
            {t('idle.seeAll')}
          </Button>
        )
      }
    >
      {closed.length === 0 ? (
        <EmptyState title={t('idle.lastAttentionsEmpty')}>{t('idle.lastAttentionsEmptyDetail')}</EmptyState>
      ) : (
        <table className={styles.table}>
          <thead className={hiding.hidden}>
            <tr>
              <th scope="col">{t('idle.column.hour')}</th>
              <th scope="col">{t('idle.column.code')}</th>
              <th scope="col">{t('idle.column.customer')}</th>
              <th scope="col">{t('idle.column.service')}</th>
              <th scope="col">{t('idle.column.duration')}</th>
              <th scope="col">{t('idle.column.outcome')}</th>
            </tr>
          </thead>
          <tbody>
            {closed.slice(0, SHOWN).map((header) => (
              <tr key={header.id}>
                <td className={styles.second}>{formats.when(header.closedAt ?? 0, now)}</td>
                <td className={styles.code}>{header.turnCode}</td>
                <CustomerCell header={header} />
                <td className={styles.second}>{services.find(({ id }) => id === header.serviceId)?.name}</td>
                <td className={styles.number}>{duration(header, formats.timer)}</td>
                <td>{header.outcome !== null && <OutcomeWord outcome={header.outcome} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function CustomerCell({ header }: { header: TicketHeader }) {
  return <td className={styles.cut}>{useRowWords(header).name}</td>;
}

/** How long it was attended; nothing for who never came. */
function duration({ attendingSince, closedAt }: TicketHeader, timer: (duration: number) => string): string {
  return attendingSince === null || closedAt === null ? '—' : timer(closedAt - attendingSince);
}
