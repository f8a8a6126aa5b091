import { useId } from 'react';
import { DeviceFields, type DeviceButtonProps, type DeviceFieldProps } from '../../web/ui/device-fields.tsx';
import type { Visit } from './create-visit.ts';
import styles from './device-settings.module.css';
import { causeWords } from './media-check.ts';
import { PageButton } from './page-button.tsx';
import { sayDevices } from './say-devices.ts';
import type { VideoWords } from './video-words.ts';
import type { VisitState } from './visit-state.ts';

export interface DeviceSettingsProps {
  visit: Pick<Visit, 'choose' | 'chooseSpeaker'>;
  state: VisitState;
  words: VideoWords;
}

/** Which camera, microphone and speaker are used, before a call and in it. */
export function DeviceSettings({ visit, state, words }: DeviceSettingsProps) {
  return (
    <div className={styles.settings}>
      <DeviceFields
        view={state.devices}
        say={sayDevices(words)}
        causeWords={(cause, source) => causeWords(cause, source, words)}
        onChoose={visit.choose}
        onSpeaker={visit.chooseSpeaker}
        Field={Field}
        Button={Button}
      />
    </div>
  );
}

/** The phone's own list, which every phone shows as its people know it. */
function Field({ label, options, value, placeholder, error, onChange }: DeviceFieldProps) {
  const errorId = useId();
  const isListed = options.some((option) => option.value === value);
  return (
    <>
      <label>
        {label}
        <select
          value={value ?? ''}
          disabled={options.length === 0}
          aria-describedby={error === undefined ? undefined : errorId}
          onChange={({ target }) => onChange(target.value)}
        >
          {!isListed && <option value={value ?? ''}>{placeholder}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </label>
      <div role="alert" id={errorId}>
        {error !== undefined && <p className={styles.problem}>{error}</p>}
      </div>
    </>
  );
}

const Button = (props: DeviceButtonProps) => <PageButton {...props} />;
