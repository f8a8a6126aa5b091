import type { ChangeHub } from '../changes/change-hub.ts';

/** What could not be read is tried again after this long. */
const AGAIN_MS = 10_000;

interface Options<State> {
  hub: Pick<ChangeHub, 'subscribe'>;
  stream: string;
  /** Where the stream stands: changes after it make it look again. */
  readSeq: () => Promise<number>;
  /** Least time between two looks: a busy branch costs no more than this. */
  pauseMs: number;
  /** Looks again by itself after this long, for what moves with the clock; whole multiples of 10 s. */
  refreshMs: number;
  read: () => Promise<State>;
  show: (state: State) => void;
  fail: (error: unknown) => void;
}

export interface LiveView {
  /** Looks again, as soon as the pause is over. */
  look: () => void;
  stop: () => void;
}

/** Shows a state read from the database, again after each change of a stream. */
export function watchLive<State>(options: Options<State>): LiveView {
  const { hub, stream, readSeq, pauseMs, refreshMs, read, show, fail } = options;
  let isOn = true;
  let isJoining = false;
  let isReading = false;
  let isStale = false;
  let hasFailed = false;
  let rounds = 0;
  let pause: NodeJS.Timeout | null = null;
  let leave: (() => void) | null = null;

  const look = async (): Promise<void> => {
    if (!isOn || isJoining || isReading || pause) {
      isStale = true;
      return;
    }
    isStale = false;
    isReading = true;
    try {
      const state = await read();
      hasFailed = false;
      if (isOn) show(state);
    } catch (error) {
      hasFailed = true;
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

  /** Follows the stream from where it stands, then looks: nothing is missed between the two. */
  const join = async (): Promise<void> => {
    if (isJoining) return;
    isJoining = true;
    try {
      const seq = await readSeq();
      if (isOn) leave = hub.subscribe({ stream, take: () => void look(), fail: rejoin }, seq);
    } catch (error) {
      // The refresh tries again.
      if (isOn) fail(error);
      return;
    } finally {
      isJoining = false;
    }
    await look();
  };
  const rejoin = (): void => {
    leave = null;
    void join();
  };

  const refresh = setInterval(() => {
    rounds += 1;
    if (!leave) void join();
    else if (hasFailed || rounds % (refreshMs / AGAIN_MS) === 0) void look();
  }, AGAIN_MS);
  void join();
  return {
    look: () => void look(),
    stop: () => {
      isOn = false;
      leave?.();
      clearInterval(refresh);
      if (pause) clearTimeout(pause);
    },
  };
}
