import { Lock, MicOff, SignalHigh, SignalLow, SignalMedium, VideoOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Quality } from '../../../domain/call/quality.ts';
import { Button } from '../../../web/ui/button.tsx';
import { changeWords } from '../../../web/ui/words/device-words.ts';
import { useDeskServices } from '../../start/desk-context.ts';
import type { DevicesView } from '../../../web/peer/devices-view.ts';
import type { MediaCause } from '../../../web/peer/media-cause.ts';
import type { OpenVideo } from './video.ts';
import { mediaWords } from './media-words.ts';
import { useSayDevices } from './use-say-devices.ts';
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
  const sayDevices = useSayDevices();
  const { video: service } = useDeskServices();
  const { call, devices, picture } = video;
  const { phase, quality, remote, isRemoteOn, isOn } = call;
  const isThere = phase.name === 'connected' || phase.name === 'audioOnly';
  const shown = remote.screen ?? (isRemoteOn.camera ? remote.camera : null);
  const Signal = quality && SIGNALS[quality];
  const missing = missingOf(devices);

  return (
    <div className={styles.stage}>
      {shown && isThere && (
        <VideoPicture stream={shown} label={t('picture', { name })} className={styles.other} canFloat />
      )}
      <Voice stream={remote.microphone} speakerId={devices.speakerId} />
      <div className={styles.words}>
        <p role="status">{words()}</p>
        {phase.name === 'ended' && (
          <Button variant="primary" onPress={() => service.open(video.ticketId)}>
            {t('open')}
          </Button>
        )}
        {devices.change && <p role="status">{changeWords(devices.change, sayDevices)}</p>}
        {missing && (
          <p role="status">
            {mediaWords(missing.cause, missing.source, t)}{' '}
            <Button size="small" onPress={service.captureAgain}>
              {t('tryDevices')}
            </Button>
          </p>
        )}
      </div>
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
            {t('cameraOff')}
          </span>
        )}
      </div>
    </div>
  );

  function words(): string {
    switch (phase.name) {
      case 'waiting':
      case 'ringing':
        return call.isPeerHere ? t('connecting', { name }) : t('waitingFor', { name });
      case 'connecting':
        return hardship() ?? t('connecting', { name });
      case 'reconnecting':
        return hardship() ?? (call.isPeerHere || !call.isLineUp ? t('reconnecting') : t('guestGone', { name }));
      case 'audioOnly':
        return shown ? '' : t(`audioOnly.${phase.cause}`, { name });
      case 'ended':
        return t(phase.cause === 'unreachable' && call.relay === 'none' ? 'needsRelay' : `ended.${phase.cause}`);
      case 'connected':
        return '';
    }
  }

  /** Why no connection comes up, as far as it is known (trust B77). */
  function hardship(): string | null {
    if (!call.isPeerHere || !call.isLineUp) return null;
    if (call.relay === 'silent') return t('relaySilent');
    return call.isHard && call.relay === 'none' ? t('needsRelay') : null;
  }
}

/** The device that is wanted most and cannot be had, and why. */
function missingOf({ causes }: DevicesView): { source: 'microphone' | 'camera' | 'screen'; cause: MediaCause } | null {
  for (const source of ['microphone', 'camera', 'screen'] as const) {
    const cause = causes[source];
    // Whoever closes the question which screen to share knows it.
    if (cause !== null && !(source === 'screen' && cause === 'blocked')) return { source, cause };
  }
  return null;
}
