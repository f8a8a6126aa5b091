import { expect, test } from 'vitest';
import { placeWindow } from './window-bounds.ts';

const main = { x: 0, y: 0, width: 1920, height: 1040 };
const right = { x: 1920, y: 200, width: 1366, height: 728 };
const last = { x: 2000, y: 210, width: 1200, height: 700 };

test('a window opens where it was while its screen is there', () => {
  expect(placeWindow(last, [main, right])).toEqual(last);
});

test('a window of a screen that is gone opens in the middle of the main one, as large as it was', () => {
  expect(placeWindow(last, [main])).toEqual({ x: 360, y: 170, width: 1200, height: 700 });
});

test.each([
  ['hardly reaches in from the left', { x: -1150, y: 100, width: 1200, height: 700 }],
  ['has its title above the screen', { x: 100, y: -20, width: 1200, height: 700 }],
  ['has its title below the screen', { x: 100, y: 1030, width: 1200, height: 700 }],
])('a window that %s comes back to the middle', (_title, bounds) => {
  expect(placeWindow(bounds, [main])).toEqual({ x: 360, y: 170, width: 1200, height: 700 });
});

test('the first window is of the usual size, or as large as a small screen lets it', () => {
  expect(placeWindow(null, [main])).toEqual({ x: 277, y: 136, width: 1366, height: 768 });
  expect(placeWindow(null, [{ x: 0, y: 24, width: 1280, height: 656 }])).toEqual({
    x: 0,
    y: 24,
    width: 1280,
    height: 656,
  });
});

test('a window is never smaller than what it can show', () => {
  expect(placeWindow({ x: 10, y: 10, width: 200, height: 100 }, [main])).toEqual({
    x: 10,
    y: 10,
    width: 1024,
    height: 600,
  });
});
