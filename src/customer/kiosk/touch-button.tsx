import type { ComponentProps } from 'react';
import { classNames } from '../../web/ui/class-names.ts';
import styles from './touch-button.module.css';

export interface TouchButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  /** Primary: the one filled act of a step. Outlined: another strong act. Choice: one of several, `aria-pressed`. */
  look?: 'plain' | 'primary' | 'secondary' | 'outlined' | 'choice';
}

/** A button for a finger, as large as the kiosk's screen asks for. */
export function TouchButton({ look = 'plain', className, ...button }: TouchButtonProps) {
  return <button {...button} type="button" className={classNames(styles.button, className)} data-look={look} />;
}
