import type { ChangeHub } from '../changes/change-hub.ts';

interface Options<State> {
  hub: ChangeHub;
  stream: string;
  /** Where the stream stands: changes after it make it look again. */
  seq: number;
  /** Least time between two looks: a busy branch costs no more than this. */
  pauseMs: number;
  /** Looks again by itself after this long, for what moves with the clock. */
  refreshMs: number;
  read: () => Promise<State>;
  show: (state: State) => void;
  fail: (error: unknown) => void;
}

/** Shows a state read from the database, again after each change of a stream. Returns the way to end it. */
export function watchLive<State>(options: Options<State>): () => void {
  const { hub, stream, seq, pauseMs, refreshMs, read, show, fail } = options;
  let isOn = true;
  let isReading = false;
  let isStale = false;
  let pause: NodeJS.Timeout | null = null;

  const look = async (): Promise<void> => {
    if (!isOn || isReading || pause) {
      isStale = true;
      return;
    }
    isStale = false;
    isReading = true;
    try {
      const state = await read();
      if (isOn) show(state);
    } catch (error) {
      if (isOn) fail(error);
    } finally {
      isReading = false;
    }
    if (!isOn) return;
    pause = setTimeout(() => {
      pause = null;
      if (isStale) void look();
    }, pauseMs);
  };

  // Should the stream fail, the refresh goes on.
  const stop = hub.subscribe({ stream, take: () => void look(), fail: () => undefined }, seq);
  const refresh = setInterval(() => void look(), refreshMs);
  void look();
  return () => {
    isOn = false;
    stop();
    clearInterval(refresh);
    if (pause) clearTimeout(pause);
  };
}
