import { useRef, useState } from 'react';
import type { GuestState } from '../../protocol/video/guest-state.ts';
import type { Formats } from '../../texts/create-formats.ts';
import { filled } from '../turn/turn-words.ts';
import { CheckRow } from './check-row.tsx';
import type { Visit } from './create-visit.ts';
import { DeviceSettings } from './device-settings.tsx';
import { LevelMeter } from './level-meter.tsx';
import { mediaCheck } from './media-check.ts';
import { OfflineLine } from './offline-line.tsx';
import { OwnPicture } from './own-picture.tsx';
import { PageButton } from './page-button.tsx';
import { PageHead } from './page-head.tsx';
import { StepHeading } from './step-heading.tsx';
import type { VideoWords } from './video-words.ts';
import type { VisitState } from './visit-state.ts';
import styles from './waiting-room.module.css';

/** "Pronto será su turno": as many people before, or fewer. */
const SOON = 2;

export interface WaitingRoomProps {
  visit: Visit;
  state: VisitState;
  words: VideoWords;
  formats: Formats | null;
}

/** Before the call: the own picture, whether camera and microphone work, and the place in the line. */
export function WaitingRoom({ visit, state, words, formats }: WaitingRoomProps) {
  const [isSetting, setIsSetting] = useState(false);
  const settingsButton = useRef<HTMLButtonElement>(null);
  const closeSettings = (): void => {
    // The focus was within what goes away.
    settingsButton.current?.focus();
    setIsSetting(false);
  };
  const { guest, devices, isWanted } = state;
  const { waiting, controls } = words;
  const check = mediaCheck(state, words);
  const { microphone } = devices.tracks;
  return (
    <>
      <PageHead guest={guest} words={words} />
      {state.isSilent && <OfflineLine heardAt={state.heardAt} formats={formats} words={words} />}
      <main className={styles.main} aria-busy={guest === null}>
        <div className={styles.title}>
          <StepHeading>{titleOf(guest, words)}</StepHeading>
          {guest && <p>{filled(waiting.detail, { service: guest.serviceName })}</p>}
        </div>
        <div className={styles.picture}>
          <OwnPicture
            state={state}
            words={words}
            onTurn={visit.turn}
            isSetting={isSetting}
            settingsButton={settingsButton}
            onSettings={() => setIsSetting(!isSetting)}
          />
        </div>
        {isSetting && (
          <DeviceSettings
            state={state}
            words={words}
            onChoose={visit.choose}
            onSpeaker={visit.chooseSpeaker}
            onClose={closeSettings}
          />
        )}
        <CheckRow name={words.check.name} check={check} word={words.check.status[check.status]}>
          {microphone !== null && isWanted.microphone && (
            <div className={styles.meter}>
              <LevelMeter track={microphone} label={words.check.level} />
            </div>
          )}
          {check.isRetryable && (
            <div className={styles.retry}>
              <PageButton onPress={visit.capture}>{controls.retry}</PageButton>
            </div>
          )}
        </CheckRow>
        <dl className={styles.place} aria-live="polite">
          <div>
            <dt>{waiting.place}</dt>
            <dd>{placeOf(guest, words)}</dd>
          </div>
          <div>
            <dt>{waiting.wait}</dt>
            <dd>{guest?.range && formats ? formats.range(guest.range) : words.unknown}</dd>
          </div>
        </dl>
        <div className={styles.leave}>
          <PageButton form="leave" onPress={visit.leave}>
            {waiting.leave}
          </PageButton>
        </div>
      </main>
    </>
  );
}

function titleOf(guest: GuestState | null, { waiting }: VideoWords): string {
  if (guest === null) return waiting.joining;
  // Somebody holds the attention and has paused it.
  if (guest.agentName !== null) return filled(waiting.back, { name: guest.agentName });
  return guest.ahead !== null && guest.ahead > SOON ? waiting.later : waiting.soon;
}

function placeOf(guest: GuestState | null, words: VideoWords): string {
  if (guest === null || guest.ahead === null) return words.unknown;
  return filled(words.waiting.ordinal, { place: guest.ahead + 1 });
}
