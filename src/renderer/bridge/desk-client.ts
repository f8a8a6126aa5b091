import {
  calls,
  facts,
  type CallInput,
  type CallName,
  type CallOutput,
  type Fact,
  type FactName,
} from '../../bridge/contract.ts';
import { DownFrame } from '../../bridge/frame.ts';
import type { DeskPipe, PipeState } from './desk-pipe.ts';
import { DeskRefusal, ownRefusal } from './desk-refusal.ts';

export interface DeskClient {
  /** Rejects with a `DeskRefusal`: BAD_REQUEST when the input itself is wrong, UNKNOWN_OUTCOME when the pipe broke meanwhile. */
  call: <Name extends CallName>(name: Name, input: CallInput<Name>) => Promise<CallOutput<Name>>;
  /** Returns how to stop listening. */
  on: <Name extends FactName>(name: Name, take: (fact: Fact<Name>) => void) => () => void;
  pipeState: () => PipeState;
  onPipeState: (take: (state: PipeState) => void) => () => void;
  takeOver: () => void;
}

interface Waiting {
  name: CallName;
  resolve: (output: never) => void;
  reject: (reason: DeskRefusal) => void;
}

/** The typed end of the bridge. Whatever comes in is parsed; a fact or a frame of unknown form is left out. */
export function createDeskClient(pipe: DeskPipe): DeskClient {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<FactName, Set<(fact: never) => void>>();
  let lastId = 0;

  const settle = (id: number): Waiting | undefined => {
    const one = waiting.get(id);
    waiting.delete(id);
    return one;
  };

  pipe.listen((raw) => {
    const { success, data: frame } = DownFrame.safeParse(raw);
    if (!success) return;
    switch (frame.t) {
      case 'answer': {
        const one = settle(frame.id);
        if (!one) return;
        const output = calls[one.name].output.safeParse(frame.output);
        if (output.success) one.resolve(output.data as never);
        else one.reject(ownRefusal('INTERNAL'));
        return;
      }
      case 'failure':
        settle(frame.id)?.reject(new DeskRefusal(frame.error));
        return;
      case 'fact': {
        if (!isFactName(frame.name)) return;
        const fact = facts[frame.name].safeParse(frame.fact);
        if (!fact.success) return;
        for (const take of listeners.get(frame.name) ?? []) take(fact.data as never);
        return;
      }
      case 'replaced':
        return;
    }
  });

  pipe.watch((state) => {
    if (state === 'open' || state === 'connecting') return;
    const broken = [...waiting.values()];
    waiting.clear();
    for (const { reject } of broken) reject(ownRefusal('UNKNOWN_OUTCOME', { retryable: true }));
  });

  return {
    call: (name, input) => {
      const checked = calls[name].input.safeParse(input);
      if (!checked.success) {
        const issue = checked.error.issues[0];
        const field = issue?.path.map(String).at(-1);
        return Promise.reject(ownRefusal(codeOf(issue?.message), field === undefined ? {} : { field }));
      }
      if (pipe.state() !== 'open') return Promise.reject(ownRefusal('UNAVAILABLE', { retryable: true }));
      lastId += 1;
      const id = lastId;
      return new Promise<never>((resolve, reject) => {
        waiting.set(id, { name, resolve, reject });
        pipe.post({ t: 'call', id, name, input: checked.data });
      });
    },
    on: (name, take) => {
      const takers = listeners.get(name) ?? new Set();
      listeners.set(name, takers);
      takers.add(take);
      return () => takers.delete(take);
    },
    pipeState: pipe.state,
    onPipeState: pipe.watch,
    takeOver: pipe.takeOver,
  };
}

function isFactName(name: string): name is FactName {
  return Object.hasOwn(facts, name);
}

/** The schemas of the protocol name their own refusals; any other is a wrong form. */
function codeOf(message: string | undefined): 'REQUIRED' | 'CONTROL_CHARS' | 'BAD_REQUEST' {
  return message === 'REQUIRED' || message === 'CONTROL_CHARS' ? message : 'BAD_REQUEST';
}
