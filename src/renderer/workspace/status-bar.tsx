import { CloudCheck, CloudOff, Send, TriangleAlert } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import type { ServiceId } from '../../protocol/ids.ts';
import { classNames } from '../../web/ui/class-names.ts';
import { Kbd } from '../../web/ui/kbd.tsx';
import { useDeskState } from '../start/desk-context.ts';
import { useFormats } from '../start/use-formats.ts';
import { useWorking } from '../start/use-working.ts';
import styles from './status-bar.module.css';

/** The truth about the line: what is known, what is pending, what was refused. */
export function StatusBar() {
  const { t } = useTranslation('workspace');
  const { t: outboxText } = useTranslation('outbox');
  const formats = useFormats();
  const { services, mainServices, supportServices } = useWorking();
  const line = useDeskState((state) => state.line);
  const status = useDeskState((state) => state.status?.status);
  const outbox = useDeskState((state) => state.outbox);
  const isOutboxShown = useDeskState((state) => state.isOutboxShown);
  const showOutbox = useDeskState((state) => state.showOutbox);
  const showRefused = useDeskState((state) => state.showRefused);
  const openDialog = useDeskState((state) => state.openDialog);
  const pending = outbox?.pending.length ?? 0;
  const refused = outbox?.refused.length ?? 0;
  const names = (ids: readonly ServiceId[]): string =>
    ids.map((id) => services.find((service) => service.id === id)?.name ?? '').join(', ');
  return (
    <footer className={styles.bar}>
      {line !== null &&
        (line.state === 'up' ? (
          <span className={styles.item}>
            <CloudCheck size={14} aria-hidden />
            {t('footer.synced', { hour: line.syncedAt === null ? '—' : formats.hourWithSeconds(line.syncedAt) })}
          </span>
        ) : (
          <span className={classNames(styles.item, styles.warning)}>
            <CloudOff size={14} aria-hidden />
            {t('footer.downSince', { hour: formats.hourWithSeconds(line.since) })}
          </span>
        ))}
      {status !== undefined && (
        <span className={styles.item}>{t('footer.lastUpdate', { hour: formats.hourWithSeconds(status.since) })}</span>
      )}
      <Button
        className={classNames(styles.item, styles.button, pending > 0 && styles.strong)}
        aria-label={`${t('footer.pending', { count: pending })}: ${outboxText('title')}`}
        render={(props) => <button {...props} type="button" aria-pressed={isOutboxShown} />}
        onPress={() => showOutbox(!isOutboxShown)}
      >
        <Send size={14} aria-hidden />
        {t('footer.pending', { count: pending })}
      </Button>
      {refused > 0 && (
        <Button className={classNames(styles.item, styles.button, styles.refused)} onPress={() => showRefused(true)}>
          <TriangleAlert size={14} aria-hidden />
          {t('footer.refused', { count: refused })}
        </Button>
      )}
      {mainServices.length > 0 && (
        <span className={styles.item}>
          {t('footer.mainServices')} <strong>{names(mainServices)}</strong>
        </span>
      )}
      {supportServices.length > 0 && (
        <span className={styles.item}>
          {t('footer.supportServices')} <strong>{names(supportServices)}</strong>
        </span>
      )}
      <Button
        className={classNames(styles.item, styles.button, styles.last)}
        render={(props) => <button {...props} type="button" aria-keyshortcuts="F1" />}
        onPress={() => openDialog({ type: 'shortcuts' })}
      >
        <Kbd shortcut="F1" />
        {t('footer.shortcuts')}
      </Button>
    </footer>
  );
}
