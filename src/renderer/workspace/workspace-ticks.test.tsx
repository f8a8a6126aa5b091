import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { renderDesk } from '../testing/render-desk.tsx';
import { scenes } from '../testing/scenes.ts';

const drawn = vi.hoisted(() => ({ rail: 0 }));
vi.mock('./rail.tsx', () => ({
  Rail: () => {
    drawn.rail += 1;
    return null;
  },
}));

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('[S2-25] the seconds of a call are told in the title without drawing the whole workspace again', async () => {
  const { tick } = await renderDesk(scenes.calling!);
  const before = drawn.rail;
  const titles = new Set<string>();
  for (let second = 0; second < 4; second += 1) {
    await tick();
    titles.add(document.title);
  }
  expect(titles.size).toBe(2);
  expect(drawn.rail).toBe(before);
});
