import { MonitorUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../web/ui/button.tsx';
import { useDeskServices } from '../../start/desk-context.ts';
import type { OpenVideo } from './video.ts';
import styles from '../relay/own-offer.module.css';

/** The guest sends a screen that nobody asked for: nothing of it is shown before the agent allows it (trust B80). */
export function ScreenRequest({ video, name }: { video: OpenVideo; name: string }) {
  const { t } = useTranslation('videoCall');
  const { video: service } = useDeskServices();
  const { isRefused, isDeclined } = video.call;
  if (!isRefused.screen || isDeclined.screen) return null;
  return (
    <section className={styles.strip} aria-label={t('guestScreen.asks', { name })}>
      <MonitorUp size={18} aria-hidden />
      <strong role="alert">{t('guestScreen.asks', { name })}</strong>
      <Button size="small" variant="primary" onPress={() => service.answerScreen(true)}>
        {t('guestScreen.allow')}
      </Button>
      <Button size="small" onPress={() => service.answerScreen(false)}>
        {t('guestScreen.decline')}
      </Button>
    </section>
  );
}
