import { emptyAnnouncementQueue, nextAnnouncementQueue } from '../../domain/display/announcement-queue.ts';
import type { AnnouncementEvent, AnnouncementQueue } from '../../domain/display/announcement-queue.ts';
import type { DisplayCall } from '../../protocol/http/public-api.ts';
import type { Instant } from '../../protocol/instant.ts';
import type { Chime } from '../sound/chime.ts';
import type { Speech } from '../sound/speech.ts';

/** A call stays on the screen this long before the next, also where nothing sounds. */
const SHOWN_MS = 5_000;

export interface AnnouncerPorts {
  chime: Pick<Chime, 'play'>;
  speech: Speech;
  /** What is said for a call, and in the voice of which locale. */
  wordsFor: (call: DisplayCall) => { text: string; locale: string };
  /** The server's time. */
  now: () => Instant;
}

export interface Announcer {
  get: () => AnnouncementQueue;
  subscribe: (listener: () => void) => () => void;
  /** `calls` as `DisplayState` carries them: newest first. */
  hear: (calls: readonly DisplayCall[]) => void;
}

/** Announces the calls of a waiting room one after the other: chime, then voice; never two at once. */
export function createAnnouncer({ chime, speech, wordsFor, now }: AnnouncerPorts): Announcer {
  const listeners = new Set<() => void>();
  let queue = emptyAnnouncementQueue;

  const step = (event: AnnouncementEvent): void => {
    const before = queue.current;
    queue = nextAnnouncementQueue(queue, event, now());
    for (const listener of listeners) listener();
    if (queue.current !== null && queue.current !== before) void announce(queue.current);
  };

  const announce = async (call: DisplayCall): Promise<void> => {
    const shown = new Promise((resolve) => setTimeout(resolve, SHOWN_MS));
    // What cannot be heard has been shown: the next call goes on.
    await Promise.allSettled([shown, sound(call)]);
    step({ type: 'announcementEnded' });
  };

  const sound = async (call: DisplayCall): Promise<void> => {
    await chime.play();
    await speech.speak(wordsFor(call));
  };

  return {
    get: () => queue,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hear: (calls) => step({ type: 'callsReceived', calls }),
  };
}
