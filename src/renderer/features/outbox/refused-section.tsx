import { useTranslation } from 'react-i18next';
import { useDeskState } from '../../start/desk-context.ts';
import { useCall } from '../../start/use-call.ts';
import { ActError } from '../ticket/act-error.tsx';
import styles from './outbox-panel.module.css';
import { RefusedItem } from './refused-item.tsx';

/** "No enviado": what the centre refused and the agent has to decide about. */
export function RefusedSection() {
  const { t } = useTranslation('outbox');
  const refused = useDeskState(({ outbox }) => outbox?.refused);
  const retry = useCall('outbox.retry', { mayOverlap: true });
  if (refused === undefined || refused.length === 0) return null;
  return (
    <section aria-label={t('refusedTitle')}>
      <h3 className={styles.refusedTitle}>
        {t('refusedTitle')} <span>{t('refusedDetail', { count: refused.length })}</span>
      </h3>
      <ActError error={retry.error} onClose={retry.forgetError} />
      <ul>
        {refused.map((item) => (
          <RefusedItem key={item.id} item={item} onRetry={() => void retry.run({ id: item.id })} />
        ))}
      </ul>
    </section>
  );
}
