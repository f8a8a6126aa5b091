import { useTranslation } from 'react-i18next';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';
import { floatingKind, openFloating } from './open-floating.ts';

/** Puts the call into its own small window, or back; null where this browser has no way (S2-34). */
export function useFloating(): { isOpen: boolean; toggle: () => void } | null {
  const { t } = useTranslation('videoCall');
  const { store } = useDeskServices();
  const floating = useDeskState((state) => state.floating);
  const kind = floatingKind(window);
  if (kind === 'none') return null;

  const open = async (): Promise<void> => {
    const opened = await openFloating(window, t('floating.title'));
    if (opened === null) return;
    opened.addEventListener('pagehide', () => store.getState().floatingClosed(opened));
    store.getState().floatingOpened(opened);
  };
  const openPicture = async (): Promise<void> => {
    const picture = document.querySelector<HTMLVideoElement>('video[data-floats]');
    if (document.pictureInPictureElement) await document.exitPictureInPicture();
    else await picture?.requestPictureInPicture();
  };
  return {
    isOpen: floating !== null,
    toggle: () => {
      if (floating) floating.close();
      // The browser may say no; the call stays where it is.
      else (kind === 'window' ? open() : openPicture()).catch(() => undefined);
    },
  };
}
