import { FileText, Mic, MicOff, PhoneOff, Settings2, Video, VideoOff } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import type { CallView } from '../../web/peer/call-view.ts';
import type { GuestState } from '../../protocol/video/guest-state.ts';
import type { Formats } from '../../texts/create-formats.ts';
import { classNames } from '../../web/ui/class-names.ts';
import { changeWords } from '../../web/ui/words/device-words.ts';
import { useNow } from '../live/use-now.ts';
import { CallSheet } from './call-sheet.tsx';
import { CallTalk } from './call-talk.tsx';
import { callLines, isTalking } from './call-words.ts';
import styles from './call-stage.module.css';
import { ConsentSheet } from './consent-sheet.tsx';
import type { Visit } from './create-visit.ts';
import { DeviceSettings } from './device-settings.tsx';
import { MediaView, useOwnStream } from './media-view.tsx';
import { mediaCheck } from './media-check.ts';
import { PageButton } from './page-button.tsx';
import { RemoteSound } from './remote-sound.tsx';
import { RoundButton } from './round-button.tsx';
import { sayDevices } from './say-devices.ts';
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
  const { devices, isWanted, talkingSince, terms } = state;
  const { consent } = terms;
  const isCovered = consent !== null && terms.isOpen;
  const { controls } = words;
  const own = useOwnStream(devices.tracks.camera);
  const name = guest.agentName ?? words.call.agent;
  const check = mediaCheck(state, words);
  const isOver = call.phase.name === 'ended';
  const lines = callLines(state, name, words);
  const [isSetting, setIsSetting] = useState(false);
  const settingsButton = useRef<HTMLButtonElement>(null);
  const closeSettings = useCallback((): void => {
    settingsButton.current?.focus();
    setIsSetting(false);
  }, []);
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
        <RoundButton
          ref={settingsButton}
          icon={Settings2}
          label={controls.settings}
          size={48}
          isExpanded={isSetting}
          onPress={() => setIsSetting(!isSetting)}
        />
      </header>
      <main className={styles.stage}>
        {callsOf(state, call).map(({ id, view, isNext }) => (
          <Pictures
            key={id}
            call={view}
            name={name}
            words={words}
            isHidden={isNext}
            onDrawn={isNext ? visit.nextDrawn : undefined}
          />
        ))}
        {own !== null && isWanted.camera ? (
          <MediaView stream={own} className={classNames(styles.small, styles.own)} label={words.call.own} />
        ) : (
          <div className={classNames(styles.small, styles.own, styles.ownOff)}>
            <VideoOff size={28} strokeWidth={1.5} aria-hidden="true" />
          </div>
        )}
        <div className={styles.lines} inert={isCovered}>
          <div role="status">
            {lines.map(({ id, words: line }) => (
              <p key={id} className={styles.line}>
                {line}
              </p>
            ))}
            {check.status !== 'ready' && <p className={styles.line}>{check.sentences.join(' ')}</p>}
            {devices.change && <p className={styles.line}>{changeWords(devices.change, sayDevices(words))}</p>}
          </div>
          {consent?.state === 'asked' && !isCovered && (
            <PageButton onPress={visit.openTerms}>{words.terms.waiting}</PageButton>
          )}
          {check.isRetryable && <PageButton onPress={visit.capture}>{controls.retry}</PageButton>}
          {isOver && (
            <PageButton form="filled" onPress={visit.callAgain}>
              {words.over.backToCall}
            </PageButton>
          )}
          {callsOf(state, call).map(({ id, view, isNext }) => (
            <RemoteSound
              key={id}
              stream={view.remote.microphone}
              isMuted={isNext}
              speakerId={devices.speakerId}
              label={controls.sound}
            />
          ))}
        </div>
      </main>
      <footer className={styles.controls} inert={isCovered}>
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
        {consent !== null && consent.state !== 'asked' && (
          <RoundButton icon={FileText} label={words.terms.short} size={60} onPress={visit.openTerms} />
        )}
        <CallTalk chat={visit.chat} uploads={visit.uploads} {...{ guest, name, isCovered, words, formats }} />
        <RoundButton icon={PhoneOff} label={controls.leave} size={60} form="leave" onPress={visit.leave} />
      </footer>
      {isSetting && !isCovered && (
        <CallSheet title={words.settings.heading} closeLabel={words.settings.close} onClose={closeSettings} foot={null}>
          <div className={styles.settings}>
            <DeviceSettings {...{ visit, state, words }} />
          </div>
        </CallSheet>
      )}
      {isCovered && (
        <ConsentSheet
          key={consent.id}
          isLineDown={!call.isLineUp}
          receipts={guest.receipts ?? []}
          {...{ visit, terms, consent, name, words, formats }}
        />
      )}
    </div>
  );
}

/** The call, and beside it the one that takes over: it is drawn already when it becomes the call. */
function callsOf({ callId, next }: VisitState, call: CallView): { id: string; view: CallView; isNext: boolean }[] {
  const own = { id: callId ?? '', view: call, isNext: false };
  return next === null ? [own] : [own, { id: next.attentionId, view: next.call, isNext: true }];
}

interface PicturesProps {
  call: CallView;
  name: string;
  words: VideoWords;
  /** Drawn behind the rest, and seen and read by nobody. */
  isHidden: boolean;
  onDrawn: (() => void) | undefined;
}

/** A shared screen fills the stage with the person beside it; without either, who it is. */
function Pictures({ call, name, words, isHidden, onDrawn }: PicturesProps) {
  const { remote, isRemoteOn, phase } = call;
  const isUp = isTalking(phase);
  const screen = isUp && isRemoteOn.screen ? remote.screen : null;
  const camera = isUp && isRemoteOn.camera ? remote.camera : null;
  const label = isHidden ? '' : filled(words.call.picture, { name });
  return (
    <div className={isHidden ? styles.behind : styles.shown} aria-hidden={isHidden || undefined}>
      {screen !== null && (
        <MediaView
          stream={screen}
          className={classNames(styles.fill, styles.screen)}
          label={isHidden ? '' : filled(words.call.screen, { name })}
        />
      )}
      {camera !== null && (
        <MediaView
          stream={camera}
          className={screen === null ? styles.fill : classNames(styles.small, styles.other)}
          label={label}
          onDrawn={onDrawn}
        />
      )}
      {screen === null && camera === null && !isHidden && (
        <div className={styles.person} aria-hidden="true">
          <span className={styles.initial}>{name.slice(0, 1)}</span>
        </div>
      )}
    </div>
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
