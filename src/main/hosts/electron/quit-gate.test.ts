import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { double } from '../../../../tools/electron-double/electron.ts';
import { createQuitGate } from './quit-gate.ts';
import { shellWords } from './shell-words.ts';
import { EMPTY_VIEW } from './shell-view.ts';

vi.mock('electron', () => import('../../../../tools/electron-double/electron.ts'));

const left: number[] = [];
beforeEach(() => {
  left.length = 0;
  double.app.removeAllListeners();
  double.app.leave = (code) => void left.push(code);
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  process.removeAllListeners('SIGTERM');
  process.removeAllListeners('SIGINT');
});

function quit(stop: () => Promise<void>): void {
  const window = () => null;
  const log = pino({ enabled: false });
  createQuitGate({ window, view: () => EMPTY_VIEW, words: () => shellWords('es'), stop, log }).quit();
}

test('a desk that does not stop is left after five seconds', async () => {
  quit(() => new Promise(() => undefined));
  await vi.advanceTimersByTimeAsync(4_999);
  expect(left).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(left).toEqual([0]);
});

test('a desk that fails to stop is left at once', async () => {
  quit(() => Promise.reject(new Error('disk full')));
  await vi.advanceTimersByTimeAsync(0);
  expect(left).toEqual([0]);
});
