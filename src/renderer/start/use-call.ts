import { useRef, useState } from 'react';
import type { Act } from '../../bridge/act.ts';
import type { CallInput, CallName, CallOutput } from '../../bridge/contract.ts';
import type { ErrorBody } from '../../protocol/error-codes.ts';
import { DeskRefusal } from '../bridge/desk-refusal.ts';
import { useDesk } from './desk-context.ts';

export interface Call<Name extends CallName> {
  /** Resolves with null when it was refused (`error` says why) or is still under way. */
  run: (input: CallInput<Name>) => Promise<CallOutput<Name> | null>;
  error: ErrorBody | null;
  isRunning: boolean;
  forgetError: () => void;
}

/**
 * A call whose refusal is kept for the place from which it was made. A second press while it runs does nothing, unless
 * `mayOverlap`.
 */
export function useCall<Name extends CallName>(name: Name, { mayOverlap = false } = {}): Call<Name> {
  const desk = useDesk();
  const [error, setError] = useState<ErrorBody | null>(null);
  const [isRunning, setIsRunning] = useState(false);
  const running = useRef(false);
  return {
    run: async (input) => {
      if (running.current && !mayOverlap) return null;
      running.current = true;
      setIsRunning(true);
      setError(null);
      try {
        return await desk.call(name, input);
      } catch (refusal) {
        if (!(refusal instanceof DeskRefusal)) throw refusal;
        setError(refusal.body);
        return null;
      } finally {
        running.current = false;
        setIsRunning(false);
      }
    },
    error,
    isRunning,
    forgetError: () => setError(null),
  };
}

/** What the agent does; `run` answers true once it is safe or done. */
export function useAct(options: { mayOverlap?: boolean } = {}) {
  const { run, ...rest } = useCall('act', options);
  return { ...rest, run: async (act: Act): Promise<boolean> => (await run(act)) !== null };
}
