import { z } from 'zod';

export const Bounds = z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() });
export type Bounds = z.infer<typeof Bounds>;

export const SMALLEST = { width: 1024, height: 600 } as const;
const USUAL = { width: 1366, height: 768 } as const;
/** How much of the title bar must lie on a screen, so that a hand can move the window. */
const GRIP = { width: 120, height: 32 } as const;

/**
 * Where the window opens: where it was if a screen is still there, else in the middle of the first screen.
 * @param workAreas of the screens, the main one first; all in device-independent pixels
 */
export function placeWindow(last: Bounds | null, workAreas: readonly Bounds[]): Bounds {
  const main = workAreas[0] ?? { x: 0, y: 0, ...USUAL };
  const home = last === null ? undefined : workAreas.find((area) => canBeGripped(last, area));
  const area = home ?? main;
  const wanted = last ?? USUAL;
  const width = Math.min(Math.max(wanted.width, SMALLEST.width), area.width);
  const height = Math.min(Math.max(wanted.height, SMALLEST.height), area.height);
  if (home && last) return { x: last.x, y: last.y, width, height };
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
    width,
    height,
  };
}

function canBeGripped({ x, y, width }: Bounds, area: Bounds): boolean {
  const visible = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
  return visible >= GRIP.width && y >= area.y && y + GRIP.height <= area.y + area.height;
}
