import { SwitchButton, SwitchField, type SwitchFieldProps } from 'react-aria-components/Switch';
import styles from './switch.module.css';

export interface SwitchProps extends Omit<SwitchFieldProps, 'children' | 'className' | 'style' | 'render'> {
  /** Accessible name, shown above the state. */
  label: string;
  /** "Activada", "Desactivada": shown, and already said by the role's own state. */
  state: string;
}

export function Switch({ label, state, ...rest }: SwitchProps) {
  return (
    <SwitchField {...rest} aria-label={label}>
      <SwitchButton className={styles.switch ?? ''}>
        <span className={styles.track} aria-hidden="true">
          <span className={styles.thumb} />
        </span>
        <span className={styles.words} aria-hidden="true">
          <span className={styles.label}>{label}</span>
          <span>{state}</span>
        </span>
      </SwitchButton>
    </SwitchField>
  );
}
