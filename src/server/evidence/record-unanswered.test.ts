import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startRecordingUnanswered } from './record-unanswered.ts';

const rows = vi.hoisted(() => ({ readUnanswered: vi.fn() }));
vi.mock('../store/consent-rows.ts', async (original) => ({ ...(await original<object>()), ...rows }));

beforeEach(() => {
  vi.useFakeTimers();
  rows.readUnanswered.mockReset().mockResolvedValue([]);
});
afterEach(() => vi.useRealTimers());

function start() {
  let committed = (): void => undefined;
  const hub = { onAnnounce: (listener: () => void) => (committed = listener) };
  const context = { store: { db: {} }, clock: () => Date.now(), log: { error: vi.fn() }, hub };
  const recording = startRecordingUnanswered(context as never, {} as never);
  return { recording, committed: () => committed() };
}
const looks = (): number => rows.readUnanswered.mock.calls.length;

test('[S2-41] askings without an answer are looked for within a second after a commit, and seldom while nothing is written', async () => {
  const { recording, committed } = start();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(looks()).toBe(1);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(looks()).toBe(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(looks()).toBe(2);
  committed();
  committed();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(looks()).toBe(3);
  await recording.stop();
});

test('[S2-41] a commit during a look is looked at by the next one', async () => {
  const { recording, committed } = start();
  const { promise, resolve } = Promise.withResolvers<string[]>();
  rows.readUnanswered.mockReturnValueOnce(promise);
  await vi.advanceTimersByTimeAsync(1_000);
  committed();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(looks()).toBe(1);
  resolve([]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(looks()).toBe(2);
  await recording.stop();
});
