import { Mic, MicOff, PhoneOff, PictureInPicture, Video as VideoIcon, VideoOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '../../../bridge/facts.ts';
import type { CapturedSource } from '../../../web/peer/devices-view.ts';
import { useDeskServices, useNow } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';
import { useFinish } from '../attending/use-finish.ts';
import { customerName } from '../ticket/customer-name.ts';
import { useLineReason } from '../ticket/use-line-reason.ts';
import type { OpenVideo } from '../video/video.ts';
import { VideoPicture } from '../video/video-picture.tsx';
import styles from './floating-view.module.css';

export interface FloatingViewProps {
  ticket: TicketView;
  video: OpenVideo;
}

/** The call on a hand's breadth: the other person, how long, and the four things that cannot wait. */
export function FloatingView({ ticket, video }: FloatingViewProps) {
  const { t } = useTranslation('videoCall');
  const { t: common } = useTranslation('common');
  const { t: attention } = useTranslation('attention');
  const { video: service, store } = useDeskServices();
  const { header } = ticket;
  const finish = useFinish(header);
  const needsLine = useLineReason();
  const formats = useFormats();
  const now = useNow();
  const { remote, isRemoteOn, isOn } = video.call;
  const name = customerName(ticket) ?? common('customer');
  const shown = remote.screen ?? (isRemoteOn.camera ? remote.camera : null);
  const isAttending = header.state === 'attending';
  const since = (isAttending ? header.attendingSince : header.calledAt) ?? now;

  const goBack = (): void => {
    store.getState().floating?.close();
    window.focus();
  };
  const turn = (source: CapturedSource, on: ReactNode, off: ReactNode) => (
    <button
      type="button"
      className={styles.button}
      title={t(source)}
      aria-label={t(source)}
      aria-pressed={isOn[source]}
      disabled={video.devices.tracks[source] === null}
      onClick={() => service.setOn(source, !isOn[source])}
    >
      {isOn[source] ? on : off}
    </button>
  );

  return (
    <main className={styles.view}>
      {shown ? (
        <VideoPicture stream={shown} label={t('picture', { name })} className={styles.picture} />
      ) : (
        <p className={styles.none}>{name}</p>
      )}
      <p className={styles.facts}>
        <span>{name}</span>
        <span role="timer" aria-label={attention('elapsed')}>
          {formats.timer(now - since)}
        </span>
      </p>
      <div role="toolbar" aria-label={t('bar')} className={styles.bar}>
        {turn('microphone', <Mic size={20} aria-hidden />, <MicOff size={20} aria-hidden />)}
        {turn('camera', <VideoIcon size={20} aria-hidden />, <VideoOff size={20} aria-hidden />)}
        <button
          type="button"
          className={styles.button}
          title={t('floating.back')}
          aria-label={t('floating.back')}
          onClick={goBack}
        >
          <PictureInPicture size={20} aria-hidden />
        </button>
        {isAttending && (
          <button
            type="button"
            className={styles.end}
            title={needsLine ?? t('end')}
            aria-label={t('end')}
            disabled={needsLine !== undefined}
            onClick={() => {
              // What it may ask first is asked in the large window.
              window.focus();
              finish.start();
            }}
          >
            <PhoneOff size={20} aria-hidden />
          </button>
        )}
      </div>
    </main>
  );
}
