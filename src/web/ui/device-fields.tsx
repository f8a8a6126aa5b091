import { useState, type ComponentType, type ReactNode } from 'react';
import type { MediaCause } from '../peer/media-cause.ts';
import { deviceKinds, type CapturedSource, type DevicesView } from '../peer/devices-view.ts';
import { canChooseSpeaker, playTestTone } from '../peer/speaker.ts';
import styles from './device-fields.module.css';
import { LevelMeter } from './level-meter.tsx';
import { changeWords, type SayDevices } from './words/device-words.ts';

export interface DeviceFieldProps {
  label: string;
  options: { value: string; label: string }[];
  /** Null for none of them. */
  value: string | null;
  placeholder: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

export interface DeviceButtonProps {
  /** It was pressed and something goes on. */
  isBusy: boolean;
  onPress: () => void;
  children: ReactNode;
}

export interface DeviceFieldsProps {
  view: DevicesView;
  say: SayDevices;
  /** Why a camera or microphone is not there, and what helps. */
  causeWords: (cause: MediaCause, source: CapturedSource) => string;
  onChoose: (source: CapturedSource, deviceId: string) => void;
  onSpeaker: (deviceId: string) => void;
  /** The page's own controls. */
  Field: ComponentType<DeviceFieldProps>;
  Button: ComponentType<DeviceButtonProps>;
}

/** Camera, microphone with its level, and speaker with its test (S2-43), at the desk and on the guest's page alike. */
export function DeviceFields({ view, say, causeWords, onChoose, onSpeaker, Field, Button }: DeviceFieldsProps) {
  const { tracks, causes, refused, speakerId, change } = view;
  const [test, setTest] = useState<'idle' | 'playing' | 'played' | 'failed'>('idle');
  const { microphone } = tracks;

  const listed = (device: keyof typeof deviceKinds): DeviceFieldProps['options'] =>
    view.available
      .filter(({ kind, deviceId }) => kind === deviceKinds[device] && deviceId !== '')
      .map(({ deviceId, label }, place) => ({
        value: deviceId,
        label: label === '' ? say('unnamed', { device: say(device), place: place + 1 }) : label,
      }));
  const picker = (source: CapturedSource) => {
    const cause = refused?.source === source ? refused.cause : causes[source];
    return (
      <Field
        label={say(source)}
        options={listed(source)}
        value={tracks[source]?.getSettings().deviceId ?? null}
        placeholder={say('none')}
        error={cause === null ? undefined : causeWords(cause, source)}
        onChange={(deviceId) => onChoose(source, deviceId)}
      />
    );
  };
  // "default" and "communications" stand for another device.
  const speakers = listed('speaker').filter(({ value }) => !/^(default|communications)$/.test(value));
  const play = async (): Promise<void> => {
    setTest('playing');
    setTest(
      await playTestTone(speakerId).then(
        () => 'played' as const,
        () => 'failed' as const,
      ),
    );
  };

  return (
    <div className={styles.fields}>
      {picker('camera')}
      {picker('microphone')}
      {microphone !== null && <LevelMeter track={microphone} label={say('level')} />}
      {microphone?.enabled === false && <p className={styles.note}>{say('levelMuted')}</p>}
      {canChooseSpeaker() && speakers.length > 0 ? (
        <Field
          label={say('speaker')}
          options={[{ value: '', label: say('byDefault') }, ...speakers]}
          value={speakerId}
          placeholder={say('none')}
          error={undefined}
          onChange={onSpeaker}
        />
      ) : (
        <p className={styles.note}>{say('noChoice')}</p>
      )}
      <div className={styles.line}>
        <Button isBusy={test === 'playing'} onPress={() => void play()}>
          {say('test')}
        </Button>
        <span role="status" className={test === 'failed' ? styles.warning : styles.note}>
          {test !== 'idle' && say(test)}
        </span>
      </div>
      <p role="status" className={styles.warning}>
        {change && changeWords(change, say)}
      </p>
    </div>
  );
}
