import type { Page } from '@playwright/test';

/** What a guest saw of whoever attends them, since the page began to be watched. */
export interface SeenPicture {
  /** Longest time between two frames that were drawn, in milliseconds. */
  longestGap: number;
  frames: number;
  /** How often the page was drawn without a picture that lives. */
  blanks: number;
}

interface Watching {
  last: number | null;
  seen: SeenPicture;
}

/** Follows every frame of the picture in force ("Video de …"), whichever element shows it. */
export async function watchPicture(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watching: Watching = { last: null, seen: { longestGap: 0, frames: 0, blanks: 0 } };
    Object.assign(window, { watching });
    const isInForce = (video: HTMLVideoElement): boolean => video.ariaLabel?.startsWith('Video de ') === true;
    const known = new WeakSet<HTMLVideoElement>();
    const follow = (video: HTMLVideoElement): void => {
      known.add(video);
      const drawn = (now: number): void => {
        if (isInForce(video)) {
          const { last, seen } = watching;
          if (last !== null) seen.longestGap = Math.max(seen.longestGap, now - last);
          seen.frames += 1;
          watching.last = now;
        }
        video.requestVideoFrameCallback(drawn);
      };
      video.requestVideoFrameCallback(drawn);
    };
    const look = (): void => {
      const videos = [...document.querySelectorAll('video')];
      for (const video of videos) if (!known.has(video)) follow(video);
      const isAlive = (video: HTMLVideoElement): boolean =>
        video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA &&
        (video.srcObject as MediaStream | null)?.getVideoTracks().some(({ readyState }) => readyState === 'live') ===
          true;
      if (!videos.some((video) => isInForce(video) && isAlive(video))) watching.seen.blanks += 1;
      requestAnimationFrame(look);
    };
    look();
  });
}

/** Begins to count anew and gives what was seen until now. */
export const takeSeen = (page: Page): Promise<SeenPicture> =>
  page.evaluate(() => {
    const { watching } = window as unknown as { watching: Watching };
    const { seen } = watching;
    watching.seen = { longestGap: 0, frames: 0, blanks: 0 };
    return seen;
  });
