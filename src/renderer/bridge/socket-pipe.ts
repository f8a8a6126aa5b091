import type { DeskPipe, PipeState } from './desk-pipe.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;
/** The desk closes with these: the key is not this process's; another window took over. */
const CLOSE_REFUSED = 4401;
const CLOSE_REPLACED = 4409;

export interface SocketPipeOptions {
  /** `ws://127.0.0.1:<port>/desk` */
  url: string;
  /** From the fragment of the page's address; says that this page was opened by the desk. */
  key: string;
  createSocket?: (url: string) => WebSocket;
}

/** The browser desk's pipe: one socket, opened anew while the desk is silent, until another window takes over. */
export function socketPipe({ url, key, createSocket = (to) => new WebSocket(to) }: SocketPipeOptions): DeskPipe {
  const takers = new Set<(frame: unknown) => void>();
  const watchers = new Set<(state: PipeState) => void>();
  let untaken: unknown[] = [];
  let state: PipeState = 'connecting';
  let socket: WebSocket | null = null;
  let pause = FIRST_PAUSE_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const become = (next: PipeState): void => {
    if (next === state) return;
    state = next;
    for (const watcher of watchers) watcher(next);
  };

  const open = (): void => {
    clearTimeout(timer);
    const opened = createSocket(url);
    socket = opened;
    opened.addEventListener('open', () => {
      untaken = [];
      opened.send(JSON.stringify({ t: 'hello', key }));
    });
    opened.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (opened !== socket) return;
      const frame = parsed(data);
      if (isReplaced(frame)) return become('replaced');
      // The desk answers the greeting with what it knows: from then on this window is the live one.
      pause = FIRST_PAUSE_MS;
      become('open');
      if (takers.size === 0) untaken.push(frame);
      for (const taker of takers) taker(frame);
    });
    opened.addEventListener('close', ({ code }) => {
      if (opened !== socket) return;
      socket = null;
      if (code === CLOSE_REPLACED || state === 'replaced') return become('replaced');
      if (code === CLOSE_REFUSED) return become('refused');
      become('lost');
      timer = setTimeout(open, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    });
  };
  open();

  return {
    post: (frame) => {
      if (state === 'open') socket?.send(JSON.stringify(frame));
    },
    listen: (take) => {
      takers.add(take);
      const early = untaken.splice(0);
      queueMicrotask(() => early.forEach(take));
      return () => takers.delete(take);
    },
    state: () => state,
    watch: (take) => {
      watchers.add(take);
      return () => watchers.delete(take);
    },
    takeOver: () => {
      const old = socket;
      socket = null;
      old?.close();
      become('connecting');
      open();
    },
  };
}

function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return null;
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

function isReplaced(frame: unknown): boolean {
  return typeof frame === 'object' && frame !== null && 't' in frame && frame.t === 'replaced';
}
