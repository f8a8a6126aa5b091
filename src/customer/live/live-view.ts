import type { Instant } from '../../protocol/instant.ts';
import type { PublicUp } from '../../protocol/socket/up.ts';
import { LONGEST_DELAY_MS, retryDelay } from './retry-delay.ts';
import { createServerClock } from './server-clock.ts';

/** A third less than silence: an answer may take its time. */
const PING_MS = 10_000;
const SILENT_MS = 15_000;
const DEAD_MS = 30_000;
const LOOK_MS = 1_000;
const PROOF_MS = 3_000;
const OPEN = 1;

/** What the server said, as far as a page cares. A `word` is said besides the state, and not kept. */
export type LiveFrame<State, Word = never> =
  | { type: 'state'; state: State; serverTime: Instant }
  | { type: 'word'; word: Word }
  | { type: 'pong'; serverTime: Instant }
  | { type: 'error'; code: string; retryable: boolean };

export interface LiveState<State> {
  /** The last state that came, however old. */
  state: State | null;
  /** Error code of the server's lasting refusal: a branch or a turn that it does not know. */
  refusal: string | null;
  /** 15 s without a word of the server, or none at all and a line that failed: what is shown may be old (trust T21). */
  isSilent: boolean;
  /** Server's time of its last word; null before the first. */
  heardAt: Instant | null;
}

export interface LiveView<State> {
  get: () => LiveState<State>;
  subscribe: (listener: () => void) => () => void;
  /** The server's time. */
  now: () => Instant;
  /** The device woke up or is online again: does not wait for the next attempt. */
  wake: () => void;
  /** Something seems wrong with the line: it has 3 s to prove that it lives, else a new one is opened. */
  prove: () => void;
  /** To the server, if the line is up; what is not said now is never said. */
  say: (frame: PublicUp) => void;
  close: () => void;
}

/** The part of a WebSocket that is used here. */
export interface LiveSocket extends Pick<EventTarget, 'addEventListener'> {
  readonly readyState: number;
  send: (data: string) => void;
  close: () => void;
}

export interface LiveViewOptions<State, Word = never> {
  openSocket: () => LiveSocket;
  /** The first frame of each line: what this page watches. */
  hello: PublicUp | (() => PublicUp);
  /** Null for what is no frame of ours, which is passed over. */
  read: (json: unknown) => LiveFrame<State, Word> | null;
  /** What the server says besides the state. */
  hear?: (word: Word) => void;
  /** The server has answered with a state on a new line, or that line is lost. */
  line?: (isUp: boolean) => void;
  /** The server's closing codes after which the page does not come back, with the refusal that is shown. */
  lastWords?: Record<number, string>;
  /** Uniform in [0, 1). */
  chance?: () => number;
}

/**
 * Follows one thing over `/v1/public/socket`: each frame carries the whole state. Pings every 10 s, gives up a socket
 * that is silent for 30 s, comes back with full jitter within 30 s.
 */
export function openLiveView<State, Word = never>(options: LiveViewOptions<State, Word>): LiveView<State> {
  const { openSocket, hello, read, hear, line, lastWords = {}, chance = Math.random } = options;
  const clock = createServerClock();
  const listeners = new Set<() => void>();
  let live: LiveState<State> = { state: null, refusal: null, isSilent: false, heardAt: null };
  let socket: LiveSocket | null = null;
  let listening = new AbortController();
  let openedAt = 0;
  let failures = 0;
  let isUp = false;
  let isStopped = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let proof: ReturnType<typeof setTimeout> | undefined;

  const show = (change: Partial<LiveState<State>>): void => {
    live = { ...live, ...change };
    for (const listener of listeners) listener();
  };

  const connect = (): void => {
    if (isStopped) return;
    const opened = openSocket();
    const { signal } = listening;
    socket = opened;
    openedAt = performance.now();
    opened.addEventListener('open', () => opened.send(JSON.stringify(typeof hello === 'function' ? hello() : hello)), {
      signal,
    });
    opened.addEventListener('message', (event) => event instanceof MessageEvent && take(event.data), { signal });
    opened.addEventListener('close', (event) => closed(event instanceof CloseEvent ? event.code : null), { signal });
  };

  const closed = (code: number | null): void => {
    const refusal = code === null ? undefined : lastWords[code];
    if (refusal === undefined) return comeBackIn(retryDelay(failures, chance()));
    stop();
    show({ refusal });
  };

  const setUp = (isUpNow: boolean): void => {
    if (isStopped || isUp === isUpNow) return;
    isUp = isUpNow;
    line?.(isUp);
  };

  const drop = (): void => {
    clearTimeout(retry);
    clearTimeout(proof);
    proof = undefined;
    // A dead line answers no closing handshake: from here on the old socket has no say.
    listening.abort();
    listening = new AbortController();
    socket?.close();
    socket = null;
    setUp(false);
  };

  const comeBackIn = (delay: number): void => {
    // What is shown may have led a listener to close.
    if (isStopped) return;
    drop();
    failures += 1;
    retry = setTimeout(connect, delay);
  };

  const take = (data: unknown): void => {
    const frame = read(parsed(data));
    if (frame === null) return;
    clearTimeout(proof);
    proof = undefined;
    if (frame.type === 'word') return hear?.(frame.word);
    if (frame.type === 'error') {
      if (!frame.retryable) show({ refusal: frame.code });
      comeBackIn(frame.retryable ? retryDelay(failures, chance()) : LONGEST_DELAY_MS);
      return;
    }
    clock.hear(frame.serverTime);
    if (frame.type === 'pong') {
      show({ isSilent: false, heardAt: frame.serverTime });
      return;
    }
    failures = 0;
    show({ state: frame.state, refusal: null, isSilent: false, heardAt: frame.serverTime });
    setUp(true);
  };

  const look = (): void => {
    const isWithoutFirstWord = live.heardAt === null && failures > 0;
    const isSilent = clock.silence() > SILENT_MS || isWithoutFirstWord;
    if (isSilent !== live.isSilent) show({ isSilent });
    const isDead = clock.silence() > DEAD_MS && performance.now() - openedAt > DEAD_MS;
    if (socket !== null && isDead) comeBackIn(retryDelay(failures, chance()));
  };

  const say = (frame: PublicUp): void => {
    if (socket?.readyState === OPEN) socket.send(JSON.stringify(frame));
  };

  const comeBackNow = (): void => {
    drop();
    failures = 0;
    connect();
  };

  const stop = (): void => {
    clearInterval(ping);
    clearInterval(watch);
    drop();
    isStopped = true;
  };

  const ping = setInterval(() => say({ type: 'ping' }), PING_MS);
  const watch = setInterval(look, LOOK_MS);
  connect();

  return {
    get: () => live,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    now: clock.now,
    wake: () => {
      if (socket !== null && clock.silence() <= SILENT_MS) return;
      comeBackNow();
    },
    prove: () => {
      if (!isUp || proof !== undefined) return;
      say({ type: 'ping' });
      proof = setTimeout(comeBackNow, PROOF_MS);
    },
    say,
    close: stop,
  };
}

function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return undefined;
  }
}
