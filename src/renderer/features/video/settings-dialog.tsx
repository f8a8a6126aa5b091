import { Settings2, Video as VideoIcon } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../web/ui/button.tsx';
import { DeviceFields, type DeviceButtonProps, type DeviceFieldProps } from '../../../web/ui/device-fields.tsx';
import { Dialog } from '../../../web/ui/dialog.tsx';
import { Select } from '../../../web/ui/select.tsx';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';
import { mediaWords } from './media-words.ts';
import styles from './settings-dialog.module.css';
import { useSayDevices } from './use-say-devices.ts';
import { useTryOut, type TryOut } from './use-try-out.ts';
import { VideoPicture } from './video-picture.tsx';

/** "Configuración" (S2-43): camera, microphone and speaker, before a call and in it; a change does not drop it. */
export function SettingsDialog() {
  const { t } = useTranslation('videoCall');
  const { t: common } = useTranslation('common');
  const { video } = useDeskServices();
  const close = useDeskState((state) => state.closeDialog);
  const open = useSyncExternalStore(video.subscribe, video.get);
  const tryOut = useTryOut(open === null);
  const used = open ? { view: open.devices, picture: open.picture, control: video } : tryOut.used;

  return (
    <Dialog
      isOpen
      onClose={close}
      icon={<Settings2 size={18} aria-hidden />}
      title={t('settings')}
      footer={
        <Button variant={used ? 'primary' : 'outlined'} onPress={close}>
          {common('close')}
        </Button>
      }
    >
      {used ? (
        <Chosen {...used} />
      ) : (
        <div className={styles.fields}>
          <p>{t('tryOut.detail')}</p>
          <div>
            <Button variant="primary" autoFocus icon={<VideoIcon size={16} aria-hidden />} onPress={tryOut.begin}>
              {t('tryOut.begin')}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

function Chosen({ view, picture, control }: TryOut) {
  const { t } = useTranslation('videoCall');
  const say = useSayDevices();
  return (
    <div className={styles.fields}>
      <VideoPicture stream={picture} label={t('ownPicture')} className={styles.picture} isMirrored />
      <DeviceFields
        view={view}
        say={say}
        causeWords={(cause, source) => mediaWords(cause, source, t)}
        onChoose={control.choose}
        onSpeaker={control.chooseSpeaker}
        Field={Field}
        Button={Press}
      />
    </div>
  );
}

const Field = ({ options, ...field }: DeviceFieldProps) => (
  <Select {...field} options={options} isDisabled={options.length === 0} />
);

const Press = ({ isBusy, ...button }: DeviceButtonProps) => <Button size="small" isDisabled={isBusy} {...button} />;
