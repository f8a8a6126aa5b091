import type { TurnState } from '../../protocol/http/public-api.ts';
import type { Chime } from '../sound/chime.ts';

/** "Falta poco": as many people before, or fewer. */
const NEAR = 2;
const CALL_CHIMES = 3;
const NEAR_PATTERN = [300];
const CALL_PATTERN = [500, 200, 500, 200, 900];

export interface TurnAlertPorts {
  chime: Pick<Chime, 'play' | 'unblock'>;
  /** Milliseconds on and off; does nothing on a device that cannot. */
  vibrate: (pattern: number[]) => void;
  /** Keeps the screen on while true, where the device can. */
  keepAwake: (isOn: boolean) => void;
}

export interface TurnAlerts {
  isArmed: () => boolean;
  subscribe: (listener: () => void) => () => void;
  /** The customer asked to be told; from a touch, which lets the page sound. */
  arm: () => void;
  /** Each state as it comes. */
  follow: (state: TurnState) => void;
}

/** Tells the customer that the turn is near, if they asked, and that it is called. */
export function createTurnAlerts({ chime, vibrate, keepAwake }: TurnAlertPorts): TurnAlerts {
  const listeners = new Set<() => void>();
  let isArmed = false;
  let last: TurnState | null = null;

  const stayAwake = (): void => {
    keepAwake(last !== null && (last.state === 'calling' || (isArmed && last.state === 'waiting')));
  };

  const isNear = (state: TurnState | null): boolean =>
    state?.state === 'waiting' && state.ahead !== null && state.ahead <= NEAR;

  const ring = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) await chime.play();
  };

  return {
    isArmed: () => isArmed,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    arm: () => {
      isArmed = true;
      chime.unblock();
      stayAwake();
      for (const listener of listeners) listener();
    },
    follow: (state) => {
      const before = last;
      last = state;
      stayAwake();
      const isCalledAgain = before?.state === 'calling' && state.callCount > before.callCount;
      if (state.state === 'calling' && (before?.state !== 'calling' || isCalledAgain)) {
        vibrate(CALL_PATTERN);
        void ring(CALL_CHIMES);
      } else if (isArmed && isNear(state) && !isNear(before)) {
        vibrate(NEAR_PATTERN);
        void ring(1);
      }
    },
  };
}
