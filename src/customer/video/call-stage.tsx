import { Mic, MicOff, PhoneOff, Video, VideoOff } from 'lucide-react';
import { useCallback } from 'react';
import type { CallView } from '../../web/peer/call-view.ts';
import type { GuestState } from '../../protocol/video/guest-state.ts';
import type { Formats } from '../../texts/create-formats.ts';
import { classNames } from '../../web/ui/class-names.ts';
import { useNow } from '../live/use-now.ts';
import { callLines, isTalking } from './call-words.ts';
import styles from './call-stage.module.css';
import type { Visit } from './create-visit.ts';
import { MediaView, useOwnStream } from './media-view.tsx';
import { mediaCheck } from './media-check.ts';
import { PageButton } from './page-button.tsx';
import { RemoteSound } from './remote-sound.tsx';
import { RoundButton } from './round-button.tsx';
import { StepHeading } from './step-heading.tsx';
import { filled } from '../turn/turn-words.ts';
import type { VideoWords } from './video-words.ts';
import type { VisitState } from './visit-state.ts';

export interface CallStageProps {
  visit: Visit;
  state: VisitState;
  guest: GuestState;
  call: CallView;
  words: VideoWords;
  formats: Formats;
}

/** The call: the other person fills the page. */
export function CallStage({ visit, state, guest, call, words, formats }: CallStageProps) {
  const { devices, isWanted, talkingSince } = state;
  const { controls } = words;
  const own = useOwnStream(devices.tracks.camera);
  const name = guest.agentName ?? words.call.agent;
  const check = mediaCheck(state, words);
  const isOver = call.phase.name === 'ended';
  const lines = callLines(state, name, words);
  return (
    <div className={styles.call}>
      <header className={styles.head}>
        <div>
          <StepHeading>{name}</StepHeading>
          <p className={styles.where}>
            {guest.companyName} · {guest.serviceName}
          </p>
        </div>
        {talkingSince !== null && <Timer since={talkingSince} formats={formats} label={words.call.time} />}
      </header>
      <main className={styles.stage}>
        <Pictures call={call} name={name} words={words} />
        {own !== null && isWanted.camera ? (
          <MediaView stream={own} className={classNames(styles.small, styles.own)} label={words.call.own} />
        ) : (
          <div className={classNames(styles.small, styles.own, styles.ownOff)}>
            <VideoOff size={28} strokeWidth={1.5} aria-hidden="true" />
          </div>
        )}
        <div className={styles.lines}>
          <div role="status">
            {lines.map(({ id, words: line }) => (
              <p key={id} className={styles.line}>
                {line}
              </p>
            ))}
            {check.status !== 'ready' && <p className={styles.line}>{check.sentences.join(' ')}</p>}
          </div>
          {check.isRetryable && <PageButton onPress={visit.capture}>{controls.retry}</PageButton>}
          {isOver && (
            <PageButton form="filled" onPress={visit.callAgain}>
              {words.over.backToCall}
            </PageButton>
          )}
          <RemoteSound stream={call.remote.microphone} speakerId={state.speakerId} label={controls.sound} />
        </div>
      </main>
      <footer className={styles.controls}>
        <RoundButton
          icon={isWanted.microphone ? Mic : MicOff}
          label={controls.microphone}
          size={60}
          isOn={isWanted.microphone}
          onPress={() => visit.turn('microphone', !isWanted.microphone)}
        />
        <RoundButton
          icon={isWanted.camera ? Video : VideoOff}
          label={controls.camera}
          size={60}
          isOn={isWanted.camera}
          onPress={() => visit.turn('camera', !isWanted.camera)}
        />
        <RoundButton icon={PhoneOff} label={controls.leave} size={60} form="leave" onPress={visit.leave} />
      </footer>
    </div>
  );
}

/** A shared screen fills the stage with the person beside it; without either, who it is. */
function Pictures({ call, name, words }: { call: CallView; name: string; words: VideoWords }) {
  const { remote, isRemoteOn, phase } = call;
  const isUp = isTalking(phase);
  const screen = isUp && isRemoteOn.screen ? remote.screen : null;
  const camera = isUp && isRemoteOn.camera ? remote.camera : null;
  const label = filled(words.call.picture, { name });
  return (
    <>
      {screen !== null && (
        <MediaView
          stream={screen}
          className={classNames(styles.fill, styles.screen)}
          label={filled(words.call.screen, { name })}
        />
      )}
      {camera !== null && (
        <MediaView
          stream={camera}
          className={screen === null ? styles.fill : classNames(styles.small, styles.other)}
          label={label}
        />
      )}
      {screen === null && camera === null && (
        <div className={styles.person} aria-hidden="true">
          <span className={styles.initial}>{name.slice(0, 1)}</span>
        </div>
      )}
    </>
  );
}

function Timer({ since, formats, label }: { since: number; formats: Formats; label: string }) {
  const now = useNow(useCallback(() => performance.now(), []));
  return (
    <p className={styles.time} role="timer" aria-label={label}>
      {formats.timer(now - since)}
    </p>
  );
}
