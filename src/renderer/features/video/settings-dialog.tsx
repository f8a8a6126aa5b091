import { Settings2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { TicketId } from '../../../protocol/ids.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Dialog } from '../../../web/ui/dialog.tsx';
import { Select } from '../../../web/ui/select.tsx';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';
import { mediaWords } from './media-words.ts';
import { useVideo } from './use-video.ts';
import { VideoPicture } from './video-picture.tsx';
import styles from './settings-dialog.module.css';

const KINDS = { camera: 'videoinput', microphone: 'audioinput' } as const;

/** "Configuración" (S2-43): which camera and microphone this video uses; a change does not drop it. */
export function SettingsDialog({ ticketId }: { ticketId: TicketId }) {
  const { t } = useTranslation('videoCall');
  const { t: common } = useTranslation('common');
  const { video: service } = useDeskServices();
  const close = useDeskState((state) => state.closeDialog);
  const video = useVideo(ticketId);
  const devices = video?.devices;

  const field = (source: 'camera' | 'microphone') => {
    const options = (devices?.available ?? [])
      .filter(({ kind, deviceId }) => kind === KINDS[source] && deviceId !== '')
      .map(({ deviceId, label }) => ({ value: deviceId, label: label || t(`device.${source}`) }));
    const cause = devices?.causes[source] ?? null;
    return (
      <Select
        label={t(source)}
        options={options}
        value={devices?.tracks[source]?.getSettings().deviceId ?? null}
        placeholder={t('noDevice')}
        isDisabled={options.length === 0}
        error={cause === null ? undefined : mediaWords(cause, source, t)}
        onChange={(deviceId) => service.choose(source, deviceId)}
      />
    );
  };

  return (
    <Dialog
      isOpen
      onClose={close}
      icon={<Settings2 size={18} aria-hidden />}
      title={t('settings')}
      footer={
        <Button variant="primary" onPress={close}>
          {common('close')}
        </Button>
      }
    >
      <div className={styles.fields}>
        <VideoPicture stream={video?.picture ?? null} label={t('ownPicture')} className={styles.picture} isMirrored />
        {field('camera')}
        {field('microphone')}
      </div>
    </Dialog>
  );
}
