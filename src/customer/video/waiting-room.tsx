import { Store, Wifi } from 'lucide-react';
import { useRef, useState } from 'react';
import type { GuestState } from '../../protocol/video/guest-state.ts';
import type { Formats } from '../../texts/create-formats.ts';
import { LevelMeter } from '../../web/ui/level-meter.tsx';
import { changeWords } from '../../web/ui/words/device-words.ts';
import { filled } from '../turn/turn-words.ts';
import { CheckRow } from './check-row.tsx';
import type { Visit } from './create-visit.ts';
import { DeviceSettings } from './device-settings.tsx';
import { lineCheck } from './line-check.ts';
import { mediaCheck } from './media-check.ts';
import { OfflineLine } from './offline-line.tsx';
import { OwnPicture } from './own-picture.tsx';
import { PageButton } from './page-button.tsx';
import { VisitHead } from './visit-head.tsx';
import { sayDevices } from './say-devices.ts';
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
  const line = lineCheck(state, words);
  const { microphone } = devices.tracks;
  return (
    <>
      <VisitHead guest={guest} words={words} />
      {state.isSilent && <OfflineLine heardAt={state.heardAt} formats={formats} words={words} />}
      <main className={styles.main} aria-busy={guest === null}>
        <div className={styles.title}>
          <StepHeading>{titleOf(guest, words)}</StepHeading>
          {guest && <p>{filled(waiting.detail, { service: guest.serviceName })}</p>}
          {guest?.requeued && <p role="status">{waiting.requeued[guest.requeued]}</p>}
          {guest?.wasCutOff === true && <p role="status">{waiting.cutOff}</p>}
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
          <section className={styles.settings} aria-labelledby="settings-heading">
            <h2 id="settings-heading" ref={focusOnce} tabIndex={-1}>
              {words.settings.heading}
            </h2>
            <DeviceSettings {...{ visit, state, words }} />
            <PageButton onPress={closeSettings}>{words.settings.close}</PageButton>
          </section>
        )}
        <CheckRow name={words.check.name} check={check} word={words.check.status[check.status]}>
          {microphone !== null && isWanted.microphone && !isSetting && (
            <div className={styles.meter}>
              <LevelMeter track={microphone} label={words.mediaDevices.level} />
            </div>
          )}
          {devices.change && !isSetting && <p role="status">{changeWords(devices.change, sayDevices(words))}</p>}
          {check.isRetryable && (
            <div className={styles.retry}>
              <PageButton onPress={visit.capture}>{controls.retry}</PageButton>
            </div>
          )}
        </CheckRow>
        <CheckRow name={words.line.name} check={line} word={words.line.status[line.status]} />
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
          <PageButton isBusy={line.status === 'asking'} onPress={visit.testAgain}>
            <Wifi size={20} strokeWidth={1.75} aria-hidden="true" />
            {words.line.again}
          </PageButton>
          {guest?.canHop && state.turn.hasPage && (
            <PageButton isBusy={state.isSilent || state.turn.isAsking} onPress={visit.toCounter}>
              <Store size={20} strokeWidth={1.75} aria-hidden="true" />
              {waiting.toCounter}
            </PageButton>
          )}
          {state.turn.hasPage && (
            <p role="status" className={styles.told}>
              {toldOfCounter(state, words)}
            </p>
          )}
          <PageButton form="leave" onPress={visit.leave}>
            {waiting.leave}
          </PageButton>
        </div>
      </main>
    </>
  );
}

/** Why the turn does not go back to the counter, if it was asked to or cannot now. */
function toldOfCounter({ guest, isSilent, turn }: VisitState, { waiting }: VideoWords): string | null {
  if (turn.failure !== null) return waiting.toCounterFailure[turn.failure];
  return isSilent && guest?.canHop ? waiting.toCounterOffline : null;
}
/** Of what has just opened. */
const focusOnce = (heading: HTMLElement | null): void => heading?.focus({ preventScroll: true });

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
