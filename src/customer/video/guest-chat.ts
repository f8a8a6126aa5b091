import type { GuestMessage, MessagesRead } from '../../protocol/video/message.ts';
import type { ChatWord } from './read-messages.ts';

/** Why a message is not there yet. The first three pass. */
export type MessageProblem = 'offline' | 'unavailable' | 'tooMany' | 'closed' | 'rejected';

/** What the server made of a message. */
export type Sending = { sent: GuestMessage } | { problem: MessageProblem };

/** A message of this page's that the server has not got, as far as the page knows. */
export interface OwnMessage {
  key: string;
  text: string;
  /** Null while it is on its way. */
  problem: MessageProblem | null;
}

export interface ChatState {
  /** In the order of the server. */
  messages: readonly GuestMessage[];
  /** Behind them, in the order of writing. */
  own: readonly OwnMessage[];
  read: MessagesRead;
  /** What the guest has begun to write: it outlives the sheet and the call. */
  draft: string;
  /** The agent's that the guest has not seen. */
  unread: readonly GuestMessage[];
}

export interface GuestChatParts {
  send: (key: string, text: string) => Promise<Sending>;
  tellRead: (upTo: number) => Promise<void>;
  newKey: () => string;
  pause: (milliseconds: number) => Promise<void>;
}

export type GuestChat = ReturnType<typeof createGuestChat>;

const RETRY_MS = 5_000;

const passes = (problem: MessageProblem | null): boolean => problem !== 'closed' && problem !== 'rejected';

/**
 * The chat of a guest's page: what the server has, and behind it what was written here and is not there yet. Messages go one after
 * the other in the order of writing, each under a key of its own, so that the same one sent again is one. Nothing is stored: after
 * a reload the server tells all of it.
 */
export function createGuestChat({ send, tellRead, newKey, pause }: GuestChatParts) {
  const listeners = new Set<() => void>();
  let state: ChatState = { messages: [], own: [], read: { byAgent: 0, byGuest: 0 }, draft: '', unread: [] };
  let isSending = false;
  let isOver = false;
  /** The rest before what did not get through is sent again; null while there is none. */
  let rest: object | null = null;
  let told = 0;

  const show = (change: Partial<Omit<ChatState, 'unread'>>): void => {
    const next = { ...state, ...change };
    const seen = Math.max(next.read.byGuest, told);
    state = { ...next, unread: next.messages.filter(({ from, seq }) => from === 'agent' && seq > seen) };
    for (const listener of listeners) listener();
  };

  const add = (arrived: readonly GuestMessage[]): Pick<ChatState, 'messages' | 'own'> => {
    const bySeq = new Map([...state.messages, ...arrived].map((message) => [message.seq, message]));
    const keys = new Set(arrived.map(({ key }) => key));
    return {
      messages: [...bySeq.values()].toSorted((a, b) => a.seq - b.seq),
      own: state.own.filter(({ key }) => !keys.has(key)),
    };
  };

  const mark = (problem: MessageProblem | null, isIt: (message: OwnMessage) => boolean): void =>
    show({ own: state.own.map((message) => (isIt(message) ? { ...message, problem } : message)) });

  const pump = async (): Promise<void> => {
    if (isSending) return;
    isSending = true;
    for (;;) {
      const next = state.own.find(({ problem }) => problem === null);
      if (!next) break;
      const outcome = await send(next.key, next.text);
      if ('sent' in outcome) show(add([outcome.sent]));
      // Those behind it wait with it: their order is kept.
      else if (passes(outcome.problem)) mark(outcome.problem, ({ problem }) => problem === null);
      else mark(outcome.problem, ({ key }) => key === next.key);
    }
    isSending = false;
    void retryLater();
  };

  const isHeldUp = (): boolean => state.own.some(({ problem }) => problem !== null && passes(problem));

  /** An answer can fail with the line up, and then nothing else tells when to try again. */
  const retryLater = async (): Promise<void> => {
    if (isOver || rest !== null || !isHeldUp()) return;
    const own = {};
    rest = own;
    await pause(RETRY_MS);
    if (rest !== own) return;
    rest = null;
    retry();
  };

  const retry = (): void => {
    isOver = false;
    if (!isHeldUp()) return;
    mark(null, ({ problem }) => passes(problem));
    void pump();
  };

  return {
    get: (): ChatState => state,
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    /** `seq` of the last message that this page has. */
    last: (): number => state.messages.at(-1)?.seq ?? 0,
    hear: ({ messages, read }: ChatWord): void =>
      show({
        ...add(messages),
        read: {
          byAgent: Math.max(read.byAgent, state.read.byAgent),
          byGuest: Math.max(read.byGuest, state.read.byGuest),
        },
      }),
    write: (draft: string): void => show({ draft }),
    send: (text: string): void => {
      isOver = false;
      show({ own: [...state.own, { key: newKey(), text, problem: null }] });
      void pump();
    },
    /** Sends what did not get through once more, by hand or because the line is back. */
    retry,
    /** The visit is over: nothing is sent again by itself until it goes on. */
    stop: (): void => {
      isOver = true;
      rest = null;
    },
    /** Takes back a message that was not sent: its text, to be written anew; null where it is there by now. */
    takeBack: (key: string): string | null => {
      const taken = state.own.find((message) => message.key === key && message.problem !== null);
      if (taken) show({ own: state.own.filter((message) => message !== taken) });
      return taken?.text ?? null;
    },
    /** The guest has all of it before their eyes. */
    seen: (): void => {
      const upTo = state.unread.at(-1)?.seq ?? 0;
      if (upTo <= told) return;
      told = upTo;
      show({});
      void tellRead(upTo);
    },
  };
}
