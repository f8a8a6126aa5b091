import { Mic, MicOff, Settings2, Video, VideoOff } from 'lucide-react';
import type { Ref } from 'react';
import { MediaView, useOwnStream } from './media-view.tsx';
import styles from './own-picture.module.css';
import { RoundButton } from './round-button.tsx';
import type { VideoWords } from './video-words.ts';
import type { OwnSource, VisitState } from './visit-state.ts';

export interface OwnPictureProps {
  state: VisitState;
  words: VideoWords;
  onTurn: (source: OwnSource, isOn: boolean) => void;
  isSetting: boolean;
  settingsButton: Ref<HTMLButtonElement>;
  onSettings: () => void;
}

/** The guest as the agent will see them, and what they can turn off before they are called. */
export function OwnPicture({ state, words, onTurn, isSetting, settingsButton, onSettings }: OwnPictureProps) {
  const { devices, isWanted } = state;
  const stream = useOwnStream(devices.tracks.camera);
  const isShown = stream !== null && isWanted.camera;
  const { waiting, controls } = words;
  return (
    <section className={styles.picture} aria-label={isShown ? waiting.preview : waiting.noPreview}>
      {isShown && <MediaView stream={stream} label={words.call.own} />}
      {!isShown && (
        <div className={styles.none}>
          <VideoOff size={48} strokeWidth={1.5} aria-hidden="true" />
        </div>
      )}
      <p className={styles.caption} aria-hidden="true">
        {isShown ? waiting.preview : waiting.noPreview}
      </p>
      <div className={styles.controls}>
        <RoundButton
          icon={isWanted.microphone ? Mic : MicOff}
          label={controls.microphone}
          size={48}
          isOn={isWanted.microphone}
          onPress={() => onTurn('microphone', !isWanted.microphone)}
        />
        <RoundButton
          icon={isWanted.camera ? Video : VideoOff}
          label={controls.camera}
          size={48}
          isOn={isWanted.camera}
          onPress={() => onTurn('camera', !isWanted.camera)}
        />
        <RoundButton
          icon={Settings2}
          label={controls.settings}
          size={48}
          isExpanded={isSetting}
          onPress={onSettings}
          ref={settingsButton}
        />
      </div>
    </section>
  );
}
