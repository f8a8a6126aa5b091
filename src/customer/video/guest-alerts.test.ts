import { describe, expect, it, vi } from 'vitest';
import { createGuestAlerts } from './guest-alerts.ts';

function setUp() {
  const done: (() => void)[] = [];
  const play = vi.fn<() => Promise<void>>(() => new Promise((resolve) => done.push(resolve)));
  const vibrate = vi.fn<(pattern: number[]) => void>();
  const keepAwake = vi.fn<(isOn: boolean) => void>();
  const unblock = vi.fn<() => void>();
  const alerts = createGuestAlerts({ chime: { play, unblock }, vibrate, keepAwake });
  /** The chime that sounds is over. */
  const finish = async (): Promise<void> => {
    done.shift()?.();
    await Promise.resolve();
  };
  return { alerts, play, vibrate, keepAwake, unblock, finish };
}

describe('alerts of a guest', () => {
  it('[S2-34] ring three times and shake once', async () => {
    const { alerts, play, vibrate, finish } = setUp();
    alerts.ring();
    alerts.ring();
    for (let time = 0; time < 5; time += 1) await finish();
    expect(play).toHaveBeenCalledTimes(3);
    expect(vibrate).toHaveBeenCalledOnce();
    alerts.ring();
    expect(play).toHaveBeenCalledTimes(4);
  });

  it('[S2-34] are quiet as soon as somebody speaks', async () => {
    const { alerts, play, finish } = setUp();
    alerts.ring();
    alerts.quiet();
    await finish();
    expect(play).toHaveBeenCalledOnce();
  });

  it('keep the screen on from the door to the end, and make the page able to sound', () => {
    const { alerts, keepAwake, unblock } = setUp();
    alerts.begin();
    expect(unblock).toHaveBeenCalledOnce();
    alerts.end();
    expect(keepAwake.mock.calls).toEqual([[true], [false]]);
  });
});
