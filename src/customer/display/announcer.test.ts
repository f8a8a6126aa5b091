import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sampleCall, TEN_42 } from '../testing/sample-states.ts';
import { createAnnouncer } from './announcer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const CHIME_MS = 1_000;

/** Ports that note when they begin and end; `speakMs` of a text is what its speech lasts. */
function setUp({ speakMs = () => 3_000 }: { speakMs?: (text: string) => number } = {}) {
  const log: string[] = [];
  let now = TEN_42;
  let sounding = 0;
  let mostAtOnce = 0;
  const lasting = async (name: string, duration: number): Promise<void> => {
    sounding += 1;
    mostAtOnce = Math.max(mostAtOnce, sounding);
    log.push(name);
    await new Promise((resolve) => setTimeout(resolve, duration));
    sounding -= 1;
    if (duration < 0) throw new Error('no voice');
  };
  const announcer = createAnnouncer({
    chime: { play: () => lasting('chime', CHIME_MS) },
    speech: { speak: ({ text, locale }) => lasting(`${locale} ${text}`, speakMs(text)) },
    wordsFor: ({ code }) => ({ text: code, locale: 'es-CO' }),
    now: () => now,
  });
  announcer.hear([]);
  return {
    announcer,
    log,
    mostAtOnce: () => mostAtOnce,
    at: (time: number) => {
      now = time;
    },
  };
}

describe('announcer', () => {
  it('[S2-55] sounds the chime, then says the call in the voice of the branch', async () => {
    const { announcer, log } = setUp();
    announcer.hear([sampleCall('a', 'C-001')]);
    expect(announcer.get().current?.code).toBe('C-001');
    await vi.advanceTimersByTimeAsync(CHIME_MS - 1);
    expect(log).toEqual(['chime']);
    await vi.advanceTimersByTimeAsync(1);
    expect(log).toEqual(['chime', 'es-CO C-001']);
  });

  it('[S2-55] never lets two calls sound at once, however fast they come', async () => {
    const { announcer, log, mostAtOnce } = setUp({ speakMs: (text) => Number(text.slice(-1)) * 2_000 });
    const calls = Array.from({ length: 6 }, (_, place) => sampleCall(`id ${place}`, `C-00${place}`)).toReversed();
    for (let count = 1; count <= calls.length; count += 1) {
      announcer.hear(calls.slice(-count));
      await vi.advanceTimersByTimeAsync(100);
    }
    await vi.advanceTimersByTimeAsync(120_000);
    expect(mostAtOnce()).toBe(1);
    expect(log.filter((entry) => entry !== 'chime')).toEqual(
      ['C-000', 'C-001', 'C-002', 'C-003', 'C-004', 'C-005'].map((code) => `es-CO ${code}`),
    );
    expect(announcer.get()).toMatchObject({ current: null, waiting: [] });
  });

  it('[S2-55] shows each call for 5 s where there is no voice', async () => {
    const { announcer } = setUp({ speakMs: () => 0 });
    announcer.hear([sampleCall('b', 'C-002'), sampleCall('a', 'C-001')]);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(announcer.get().current?.code).toBe('C-001');
    await vi.advanceTimersByTimeAsync(1);
    expect(announcer.get().current?.code).toBe('C-002');
  });

  it('[S2-55] goes on after a voice that fails', async () => {
    const { announcer, log } = setUp({ speakMs: (text) => (text === 'C-001' ? -1 : 3_000) });
    announcer.hear([sampleCall('b', 'C-002'), sampleCall('a', 'C-001')]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(log).toEqual(['chime', 'es-CO C-001', 'chime', 'es-CO C-002']);
  });

  it('[S2-28] announces a recall again', async () => {
    const { announcer, log, at } = setUp();
    announcer.hear([sampleCall('a', 'C-001')]);
    await vi.advanceTimersByTimeAsync(10_000);
    at(TEN_42 + 20_000);
    announcer.hear([sampleCall('a2', 'C-001', { at: TEN_42 + 20_000 })]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(log).toEqual(['chime', 'es-CO C-001', 'chime', 'es-CO C-001']);
  });
});
