import type { Chime } from '../sound/chime.ts';

const CALL_CHIMES = 3;
const CALL_PATTERN = [500, 200, 500, 200, 900];

export interface GuestAlertPorts {
  chime: Pick<Chime, 'play' | 'unblock'>;
  /** Milliseconds on and off; does nothing on a device that cannot. */
  vibrate: (pattern: number[]) => void;
  /** Keeps the screen on while true, where the device can. */
  keepAwake: (isOn: boolean) => void;
}

export interface GuestAlerts {
  /** From a touch, which lets the page sound; from here on the screen stays on. */
  begin: () => void;
  /** Rings until it is told to be quiet, a few times at most. */
  ring: () => void;
  quiet: () => void;
  end: () => void;
}

/** Tells the guest that the call is there, who may be looking elsewhere. */
export function createGuestAlerts({ chime, vibrate, keepAwake }: GuestAlertPorts): GuestAlerts {
  let isRinging = false;
  const quiet = (): void => {
    isRinging = false;
  };
  const ring = async (): Promise<void> => {
    isRinging = true;
    for (let time = 0; time < CALL_CHIMES && isRinging; time += 1) await chime.play();
    quiet();
  };
  return {
    begin: () => {
      chime.unblock();
      keepAwake(true);
    },
    ring: () => {
      if (isRinging) return;
      vibrate(CALL_PATTERN);
      void ring();
    },
    quiet,
    end: () => {
      quiet();
      keepAwake(false);
    },
  };
}
