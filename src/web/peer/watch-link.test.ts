import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PeerLink } from './create-peer-link.ts';
import { watchLink } from './watch-link.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A connection whose readings a test sets. */
function watched() {
  const state = { packets: 0, isNegotiating: false, isSpokenTo: true, isLineUp: true };
  const said: string[] = [];
  const report = () =>
    new Map([['a', { id: 'a', type: 'inbound-rtp', trackIdentifier: 'audio', packetsReceived: state.packets }]]);
  const link = { stats: async () => report(), isNegotiating: () => state.isNegotiating };
  const stop = watchLink(link as unknown as PeerLink, {
    sourceOf: () => 'microphone',
    isSpokenTo: () => state.isSpokenTo,
    isLineUp: () => state.isLineUp,
    onStats: () => said.push('stats'),
    onSilent: () => said.push('silent'),
    onHeard: () => said.push('heard'),
    onStuck: () => said.push('stuck'),
  });
  /** What was said in so many seconds, each thing once. */
  const during = async (seconds: number, each: () => void = () => undefined): Promise<Set<string>> => {
    said.length = 0;
    for (let second = 0; second < seconds; second += 1) {
      each();
      await vi.advanceTimersByTimeAsync(1_000);
    }
    return new Set(said);
  };
  return { state, during, stop };
}

test('[R17] nothing that comes for 4 s although something is sent is silence, until something comes', async () => {
  const { state, during, stop } = watched();
  expect(await during(3, () => (state.packets += 50))).toEqual(new Set(['stats', 'heard']));
  expect(await during(3)).toEqual(new Set(['stats']));
  expect(await during(2)).toEqual(new Set(['stats', 'silent']));
  expect(await during(1, () => (state.packets += 1))).toEqual(new Set(['stats', 'heard']));
  state.isSpokenTo = false;
  expect(await during(20)).toEqual(new Set(['stats', 'heard']));
  stop();
  expect(await during(20)).toEqual(new Set());
});

test('[R17] an offer without an answer for 8 s is stuck, but only while the line is up', async () => {
  const { state, during, stop } = watched();
  const flow = (): void => {
    state.packets += 50;
  };
  state.isNegotiating = true;
  expect(await during(8, flow)).not.toContain('stuck');
  expect(await during(2, flow)).toContain('stuck');
  state.isLineUp = false;
  expect(await during(30, flow)).not.toContain('stuck');
  state.isLineUp = true;
  expect(await during(8, flow)).not.toContain('stuck');
  state.isNegotiating = false;
  expect(await during(30, flow)).not.toContain('stuck');
  stop();
});
