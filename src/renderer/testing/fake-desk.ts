import {
  calls,
  facts,
  type CallInput,
  type CallName,
  type CallOutput,
  type Fact,
  type FactName,
} from '../../bridge/contract.ts';
import type { UpFrame } from '../../bridge/frame.ts';
import type { ErrorBody, ErrorCode } from '../../protocol/error-codes.ts';
import type { DeskPipe, PipeState } from '../bridge/desk-pipe.ts';

type Handler<Name extends CallName> = (input: CallInput<Name>) => CallOutput<Name> | Promise<CallOutput<Name>>;
type HandlerMap = { [Name in CallName]?: Handler<Name> };

export interface CallSeen<Name extends CallName = CallName> {
  name: Name;
  input: CallInput<Name>;
}

export interface FakeDesk {
  pipe: DeskPipe;
  /** Parsed by the bridge's own schema, as the real desk's facts are when they come in. */
  tell: <Name extends FactName>(name: Name, fact: Fact<Name>) => void;
  /** What came, oldest first. */
  seen: CallSeen[];
  seenOf: <Name extends CallName>(name: Name) => CallInput<Name>[];
  /** From now on this call is answered so. An answer that is a promise makes it slow. */
  handle: <Name extends CallName>(name: Name, handler: Handler<Name>) => void;
  /** From now on this call fails. */
  refuse: (name: CallName, code: ErrorCode, more?: Partial<ErrorBody>) => void;
  setPipe: (state: PipeState) => void;
  /** Sends a frame as it is, true to the bridge or not. */
  send: (frame: unknown) => void;
}

/** A refusal as the desk words it. */
export function errorBody(code: ErrorCode, more: Partial<ErrorBody> = {}): ErrorBody {
  return { code, title: code, retryable: false, requestId: 'r-1', ...more };
}

/**
 * The other end of the bridge, in the same window. It knows the same map as the real one: an input, an output or a fact
 * that does not fit it throws. Calls without a handler are answered with the least that fits.
 */
export function createFakeDesk(): FakeDesk {
  const takers = new Set<(frame: unknown) => void>();
  const watchers = new Set<(state: PipeState) => void>();
  const seen: CallSeen[] = [];
  const refusals = new Map<CallName, ErrorBody>();
  let state: PipeState = 'open';
  const handlers: HandlerMap = {
    act: () => ({ ticketId: null, turnCode: null }),
    'waiting.window': () => ({ version: 0, rows: [] }),
    'held.window': () => ({ version: 0, rows: [] }),
    'contacts.search': () => ({ matches: [] }),
  };

  const send = (frame: unknown): void => {
    // JSON-safe, as over the real pipe.
    const copy: unknown = JSON.parse(JSON.stringify(frame));
    for (const take of takers) take(copy);
  };

  const answer = async ({ id, name, input }: UpFrame): Promise<void> => {
    const known = name as CallName;
    const parsed = calls[known].input.parse(input);
    seen.push({ name: known, input: parsed });
    const refusal = refusals.get(known);
    if (refusal) return send({ t: 'failure', id, error: refusal });
    const handle = handlers[known] as ((input: unknown) => Promise<unknown>) | undefined;
    const output = handle ? await handle(parsed) : null;
    send({ t: 'answer', id, output: calls[known].output.parse(output) });
  };

  return {
    pipe: {
      post: (frame) => void answer(frame),
      listen: (take) => {
        takers.add(take);
        return () => takers.delete(take);
      },
      state: () => state,
      watch: (take) => {
        watchers.add(take);
        return () => watchers.delete(take);
      },
      takeOver: () => {
        state = 'open';
        for (const take of watchers) take(state);
      },
    },
    tell: (name, fact) => send({ t: 'fact', name, fact: facts[name].parse(fact) }),
    seen,
    seenOf: (name) => seen.filter((one) => one.name === name).map(({ input }) => input) as never,
    handle: (name, handler) => {
      refusals.delete(name);
      Object.assign(handlers, { [name]: handler });
    },
    refuse: (name, code, more) => {
      refusals.set(name, errorBody(code, more));
    },
    setPipe: (next) => {
      state = next;
      for (const take of watchers) take(next);
    },
    send,
  };
}
