import { useEffect, useRef } from 'react';
import { filled } from '../turn/turn-words.ts';
import styles from './device-settings.module.css';
import { causeWords } from './media-check.ts';
import { PageButton } from './page-button.tsx';
import type { VideoWords } from './video-words.ts';
import type { OwnSource, VisitState } from './visit-state.ts';

export interface DeviceSettingsProps {
  state: VisitState;
  words: VideoWords;
  onChoose: (source: OwnSource, deviceId: string) => void;
  onSpeaker: (deviceId: string) => void;
  onClose: () => void;
}

type Kind = MediaDeviceKind;

const canChooseSpeaker = (): boolean => 'setSinkId' in HTMLMediaElement.prototype;

/** Which camera, microphone and speaker are used. Nothing of it is kept after the visit. */
export function DeviceSettings({ state, words, onChoose, onSpeaker, onClose }: DeviceSettingsProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const { devices, refusedChoice, speakerId } = state;
  const { settings } = words;

  const of = (kind: Kind, name: string): { deviceId: string; name: string }[] =>
    devices.available
      .filter((device) => device.kind === kind && device.deviceId !== '')
      .map(({ deviceId, label }, place) => ({
        deviceId,
        name: label === '' ? filled(settings.unnamed, { kind: name, place: place + 1 }) : label,
      }));
  const idOf = (source: OwnSource): string => devices.tracks[source]?.getSettings().deviceId ?? '';

  const picker = (source: OwnSource, kind: Kind, name: string) => {
    const found = of(kind, name);
    return (
      <label>
        {name}
        <select
          value={idOf(source)}
          disabled={found.length === 0}
          onChange={({ target }) => onChoose(source, target.value)}
        >
          {!found.some(({ deviceId }) => deviceId === idOf(source)) && (
            <option value={idOf(source)}>{settings.none}</option>
          )}
          {found.map((device) => (
            <option key={device.deviceId} value={device.deviceId}>
              {device.name}
            </option>
          ))}
        </select>
      </label>
    );
  };
  const speakers = canChooseSpeaker() ? of('audiooutput', settings.speaker) : [];

  return (
    <section className={styles.settings} aria-labelledby="settings-heading">
      <h2 id="settings-heading" ref={heading} tabIndex={-1}>
        {settings.heading}
      </h2>
      {picker('camera', 'videoinput', settings.camera)}
      {picker('microphone', 'audioinput', settings.microphone)}
      {speakers.length > 0 && (
        <label>
          {settings.speaker}
          <select value={speakerId} onChange={({ target }) => onSpeaker(target.value)}>
            <option value="">{settings.byDefault}</option>
            {speakers.map((device) => (
              <option key={device.deviceId} value={device.deviceId}>
                {device.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <div role="alert">
        {refusedChoice !== null && (
          <p className={styles.problem}>{causeWords(refusedChoice.cause, refusedChoice.source, words)}</p>
        )}
      </div>
      <PageButton onPress={onClose}>{settings.close}</PageButton>
    </section>
  );
}
