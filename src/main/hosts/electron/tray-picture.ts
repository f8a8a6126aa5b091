import type { ShellView } from './shell-view.ts';

/** The silhouettes of the tray, one file each in `resources/tray`. */
export const TRAY_PICTURES = [
  'signed-out',
  'online',
  'offline',
  'resting',
  'lunch',
  'documenting',
  'calling',
  'attending',
] as const;
export type TrayPicture = (typeof TRAY_PICTURES)[number];

/** A ticket in hand says more than the state chosen beneath it. */
export function trayPicture({ inHand, state }: ShellView): TrayPicture {
  if (inHand) return inHand.isCalling ? 'calling' : 'attending';
  return state ?? 'signed-out';
}
