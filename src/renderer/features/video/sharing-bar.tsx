import { MonitorUp } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../web/ui/button.tsx';
import { useDeskServices } from '../../start/desk-context.ts';
import styles from './sharing-bar.module.css';

/** While the customer sees something of this machine: what it is and the way to stop it, always in view (S2-42). */
export function SharingBar() {
  const { t } = useTranslation('videoCall');
  const { video } = useDeskServices();
  const shared = useSyncExternalStore(video.subscribe, () => video.get()?.shared ?? null);
  if (shared === null) return null;
  const what = t(`shared.${shared.kind}`);
  return (
    // A dialog leaves what bears this within reach, as it does toasts.
    <div className={styles.bar} data-react-aria-top-layer="true">
      <MonitorUp size={16} aria-hidden />
      <p role="status" className={styles.words}>
        <strong>{t('sharing')}</strong> {shared.name ? `${what}: ${shared.name}` : what}
      </p>
      <Button size="small" onPress={video.stopScreen}>
        {t('stopSharing')}
      </Button>
      <div className={styles.frame} aria-hidden="true" />
    </div>
  );
}
