import { RefreshCw, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../web/ui/button.tsx';
import { Chip } from '../../../web/ui/chip.tsx';
import { EmptyState } from '../../../web/ui/empty-state.tsx';
import { IconButton } from '../../../web/ui/icon-button.tsx';
import { useDeskState } from '../../start/desk-context.ts';
import { useCall } from '../../start/use-call.ts';
import { useFormats } from '../../start/use-formats.ts';
import { ActError } from '../ticket/act-error.tsx';
import { useLineReason } from '../ticket/use-line-reason.ts';
import styles from './outbox-panel.module.css';
import { PendingItem } from './pending-item.tsx';
import { RefusedSection } from './refused-section.tsx';

/** "Pendientes de enviar": first what was refused and needs a decision, then what will go by itself. */
export function OutboxPanel() {
  const { t } = useTranslation('outbox');
  const { t: common } = useTranslation('common');
  const formats = useFormats();
  const outbox = useDeskState((state) => state.outbox);
  const isUp = useDeskState(({ line }) => line?.state === 'up');
  const showOutbox = useDeskState((state) => state.showOutbox);
  const needsLine = useLineReason();
  const retry = useCall('outbox.retry', { mayOverlap: true });
  const takenUp = Object.values(useDeskState((state) => state.takenUp)).flat();
  const pending = outbox?.pending ?? [];
  const refused = outbox?.refused ?? [];
  return (
    <div className={styles.panel}>
      <header className={styles.head}>
        <h2>{t('title')}</h2>
        <Chip>{formats.number(pending.length + refused.length)}</Chip>
        <IconButton label={common('close')} onPress={() => showOutbox(false)}>
          <X size={18} aria-hidden />
        </IconButton>
      </header>
      <ActError error={retry.error} onClose={retry.forgetError} />
      <div className={styles.body}>
        <RefusedSection />
        {pending.length > 0 && (
          <section aria-labelledby="pending-title">
            <h3 id="pending-title" className={styles.pendingTitle}>
              {t(isUp ? 'sendingTitle' : 'waitingTitle')} <span>{formats.number(pending.length)}</span>
            </h3>
            <ul>
              {pending.map((item) => (
                <PendingItem key={item.id} item={item} />
              ))}
            </ul>
          </section>
        )}
        {pending.length + refused.length === 0 ? (
          <EmptyState title={t('empty')}>{t('emptyDetail')}</EmptyState>
        ) : (
          <p className={styles.kept}>{t('kept')}</p>
        )}
      </div>
      {refused.length > 1 && (
        <footer className={styles.foot}>
          <Button
            isWide
            icon={<RefreshCw size={16} aria-hidden />}
            unavailable={needsLine}
            onPress={() => {
              for (const { id } of refused) if (!takenUp.includes(id)) void retry.run({ id });
            }}
          >
            {t('retryAll')}
          </Button>
        </footer>
      )}
    </div>
  );
}
