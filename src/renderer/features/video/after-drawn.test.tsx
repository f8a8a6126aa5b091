import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { afterDrawn } from './after-drawn.ts';

let frames: FrameRequestCallback[] = [];
const drawFrame = (): void => {
  for (const draw of frames.splice(0)) draw(0);
};
beforeEach(() => {
  frames = [];
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  vi.stubGlobal('requestAnimationFrame', (draw: FrameRequestCallback) => frames.push(draw));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('[T32] a window in view is waited for, however slowly it draws', () => {
  const then = vi.fn<() => void>();
  afterDrawn(then);
  vi.advanceTimersByTime(60_000);
  drawFrame();
  expect(then).not.toHaveBeenCalled();
  drawFrame();
  expect(then).toHaveBeenCalledOnce();
});

test('[S2-42] a hidden window, which draws nothing, holds the screen back no longer than a moment', () => {
  const then = vi.fn<() => void>();
  afterDrawn(then);
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  vi.advanceTimersByTime(250);
  expect(then).toHaveBeenCalledOnce();
  drawFrame();
  drawFrame();
  expect(then).toHaveBeenCalledOnce();
});
