import { Lock, MicOff, MonitorUp, SignalHigh, SignalLow, SignalMedium, VideoOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Quality } from '../../../domain/call/quality.ts';
import { Button } from '../../../web/ui/button.tsx';
import { useDeskServices } from '../../start/desk-context.ts';
import type { OpenVideo } from './create-video.ts';
import { mediaWords } from './media-words.ts';
import { VideoPicture } from './video-picture.tsx';
import styles from './video-stage.module.css';
import { Voice } from './voice.tsx';

const SIGNALS = { good: SignalHigh, weak: SignalMedium, poor: SignalLow } satisfies Record<Quality, unknown>;

export interface VideoStageProps {
  video: OpenVideo;
  /** Of the customer. */
  name: string;
}

/** Both pictures, how good the line is, and in words what is not to be seen (S2-34). */
export function VideoStage({ video, name }: VideoStageProps) {
  const { t } = useTranslation('videoCall');
  const { video: service } = useDeskServices();
  const { call, devices, picture } = video;
  const { phase, quality, remote, isRemoteOn, isOn } = call;
  const isThere = phase.name === 'connected' || phase.name === 'audioOnly';
  const shown = remote.screen ?? (isRemoteOn.camera ? remote.camera : null);
  const Signal = quality && SIGNALS[quality];

  return (
    <div className={styles.stage}>
      {shown && isThere && <VideoPicture stream={shown} label={t('picture', { name })} className={styles.other} />}
      <Voice stream={remote.microphone} />
      <p role="status" className={styles.words}>
        {words()}
      </p>
      {isThere && (
        <div className={styles.facts}>
          {Signal && (
            <span className={styles.fact}>
              <Signal size={14} aria-hidden />
              {t(`quality.${quality}`)}
            </span>
          )}
          <span className={styles.fact}>
            <Lock size={14} aria-hidden />
            {t('encrypted')}
          </span>
        </div>
      )}
      {isThere && (
        <p className={styles.name}>
          {!isRemoteOn.microphone && <MicOff size={14} aria-label={t('guestMuted')} />}
          {name}
        </p>
      )}
      <div className={styles.own}>
        {picture && isOn.camera ? (
          <VideoPicture stream={picture} label={t('ownPicture')} className={styles.ownPicture} isMirrored />
        ) : (
          <span className={styles.noPicture}>
            <VideoOff size={18} aria-hidden />
            {ownWords()}
          </span>
        )}
      </div>
      {devices.tracks.screen && (
        <div className={styles.sharing} role="status">
          <MonitorUp size={16} aria-hidden />
          {t('sharing')}
          <Button size="small" onPress={service.stopScreen}>
            {t('stopSharing')}
          </Button>
        </div>
      )}
    </div>
  );

  function ownWords(): string {
    const cause = devices.causes.camera;
    return cause === null ? t('cameraOff') : mediaWords(cause, 'camera', t);
  }

  function words(): string {
    switch (phase.name) {
      case 'waiting':
      case 'ringing':
        return call.isPeerHere ? t('connecting', { name }) : t('waitingFor', { name });
      case 'connecting':
        return t('connecting', { name });
      case 'reconnecting':
        return call.isPeerHere ? t('reconnecting') : t('guestGone', { name });
      case 'audioOnly':
        return shown ? '' : t(`audioOnly.${phase.cause}`, { name });
      case 'ended':
        return t(`ended.${phase.cause}`);
      case 'connected':
        return '';
    }
  }
}
