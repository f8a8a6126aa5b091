import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sampleTurn } from '../testing/sample-states.ts';
import { createTurnAlerts } from './turn-alerts.ts';

const play = vi.fn<() => Promise<void>>(() => Promise.resolve());
const unblock = vi.fn<() => void>();
const vibrate = vi.fn<(pattern: number[]) => void>();
const awake: boolean[] = [];

const create = () =>
  createTurnAlerts({ chime: { play, unblock }, vibrate, keepAwake: (isOn) => void awake.push(isOn) });

beforeEach(() => {
  vi.clearAllMocks();
  awake.length = 0;
});

describe('turn alerts', () => {
  it('ring, vibrate and keep the screen on when the turn is called, once per call', async () => {
    const alerts = create();
    alerts.follow(sampleTurn());
    expect(vibrate).not.toHaveBeenCalled();
    const called = sampleTurn({ state: 'calling', ahead: null, moduleName: 'Módulo 2' });
    alerts.follow(called);
    alerts.follow({ ...called, serverTime: called.serverTime + 10_000 });
    await vi.waitFor(() => expect(play).toHaveBeenCalledTimes(3));
    expect(vibrate).toHaveBeenCalledOnce();
    expect(awake.at(-1)).toBe(true);
    alerts.follow(sampleTurn({ state: 'attending' }));
    expect(awake.at(-1)).toBe(false);
    alerts.follow(called);
    expect(vibrate).toHaveBeenCalledTimes(2);
  });

  it('[S2-28] ring again when the turn is called again', () => {
    const alerts = create();
    const called = sampleTurn({ state: 'calling', ahead: null, moduleName: 'Módulo 2', callCount: 1 });
    alerts.follow(called);
    alerts.follow(called);
    expect(vibrate).toHaveBeenCalledOnce();
    alerts.follow({ ...called, callCount: 2 });
    expect(vibrate).toHaveBeenCalledTimes(2);
  });

  it('tell that the turn is near only when asked to, and once', () => {
    const quiet = create();
    quiet.follow(sampleTurn({ ahead: 3 }));
    quiet.follow(sampleTurn({ ahead: 2 }));
    expect(vibrate).not.toHaveBeenCalled();

    const alerts = create();
    alerts.follow(sampleTurn({ ahead: 3 }));
    alerts.arm();
    expect(unblock).toHaveBeenCalledOnce();
    expect(alerts.isArmed()).toBe(true);
    expect(awake.at(-1)).toBe(true);
    alerts.follow(sampleTurn({ ahead: 2 }));
    alerts.follow(sampleTurn({ ahead: 1 }));
    expect(vibrate).toHaveBeenCalledOnce();
  });
});
