import { AppWindow, Monitor, MonitorUp, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScreenSource } from '../../../bridge/screen-source.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Dialog } from '../../../web/ui/dialog.tsx';
import { EmptyState } from '../../../web/ui/empty-state.tsx';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';
import styles from './share-dialog.module.css';
import { useShareScreen } from './use-share-screen.ts';

const ICONS = { window: AppWindow, screen: Monitor };

/** Which window or screen the customer is to see (S2-42). One window is suggested (trust T32). */
export function ShareDialog({ sources }: { sources: readonly ScreenSource[] }) {
  const { t } = useTranslation('videoCall');
  const { t: common } = useTranslation('common');
  const { desk, video } = useDeskServices();
  const close = useDeskState((state) => state.closeDialog);
  const lookAgain = useShareScreen();
  const suggested = sources.find(({ kind, isOwn }) => kind === 'window' && !isOwn)?.id ?? null;
  const [asked, setAsked] = useState<string | null>(suggested);
  // A window that was closed meanwhile is no choice any more.
  const chosen = sources.find(({ id }) => id === asked) ?? null;

  const share = async ({ id, name }: ScreenSource): Promise<void> => {
    try {
      await desk.call('screen.choose', { id });
    } catch {
      // It is no choice any more: the list as it is now says so.
      return lookAgain();
    }
    close();
    video.shareScreen(name);
  };
  const group = (kind: ScreenSource['kind']) => {
    const own = sources.filter((source) => source.kind === kind);
    if (own.length === 0) return null;
    const Icon = ICONS[kind];
    return (
      <fieldset className={styles.group}>
        <legend>{t(`shareDialog.${kind}`)}</legend>
        <div className={styles.list}>
          {own.map(({ id, name, picture, isOwn }) => (
            <label key={id} className={styles.source}>
              {picture === null ? (
                <span className={styles.picture}>
                  <Icon size={24} aria-hidden />
                </span>
              ) : (
                <img src={picture} alt="" className={styles.picture} />
              )}
              <span className={styles.name}>
                <input type="radio" name="source" checked={id === asked} onChange={() => setAsked(id)} />
                <span>{isOwn ? t('shareDialog.own', { name }) : name || t('shareDialog.unnamed')}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
    );
  };

  return (
    <Dialog
      isOpen
      onClose={close}
      size="wide"
      icon={<MonitorUp size={18} aria-hidden />}
      title={t('share')}
      aside={
        <Button icon={<RefreshCw size={16} aria-hidden />} onPress={lookAgain}>
          {t('shareDialog.again')}
        </Button>
      }
      footer={
        <>
          <Button onPress={close}>{common('cancel')}</Button>
          <Button
            variant="primary"
            autoFocus
            unavailable={chosen ? undefined : t('shareDialog.chooseFirst')}
            onPress={() => chosen && void share(chosen)}
          >
            {t('shareDialog.share')}
          </Button>
        </>
      }
    >
      {sources.length === 0 ? (
        <EmptyState title={t('shareDialog.none')}>{t('shareDialog.noneDetail')}</EmptyState>
      ) : (
        <>
          {group('window')}
          {group('screen')}
          <p role="status" className={styles.warning}>
            {chosen?.kind === 'screen' && t('shareDialog.wholeScreen')}
            {chosen?.isOwn && t('shareDialog.ownWindow')}
          </p>
        </>
      )}
    </Dialog>
  );
}
