import { useRef, useState } from 'react';
import type { Act } from '../../bridge/act.ts';
import type { CallInput, CallName, CallOutput } from '../../bridge/contract.ts';
import type { ErrorBody } from '../../protocol/error-codes.ts';
import type { CommandId } from '../../protocol/ids.ts';
import { DeskRefusal } from '../bridge/desk-refusal.ts';
import { writingPlace } from '../stores/writing-place.ts';
import { useDesk, useDeskServices } from './desk-context.ts';

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
  return useRequest<Name>((input) => desk.call(name, input), mayOverlap);
}

/**
 * What the agent does. Where it sends the corrected words of refused acts, those go from "No enviado" in the same step;
 * `replaces` names those of a dialog.
 */
export function useActCall({ mayOverlap = false, replaces = [] as readonly CommandId[] } = {}): Call<'act'> {
  const { desk, store } = useDeskServices();
  return useRequest<'act'>(async (act) => {
    const place = writingPlace(act);
    const { takenUp, refusedReplaced } = store.getState();
    const ids = [...replaces, ...((place && takenUp[place]) ?? [])];
    if (ids.length === 0) return desk.call('act', act);
    const done = await desk.call('outbox.replace', { ids, act });
    if (place) refusedReplaced(place);
    return done;
  }, mayOverlap);
}

/** As `useActCall`, where only matters that it is safe or done: `run` answers true then. */
export function useAct(options: { mayOverlap?: boolean } = {}) {
  const { run, ...rest } = useActCall(options);
  return { ...rest, run: async (act: Act): Promise<boolean> => (await run(act)) !== null };
}

function useRequest<Name extends CallName>(
  request: (input: CallInput<Name>) => Promise<CallOutput<Name>>,
  mayOverlap: boolean,
): Call<Name> {
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
        return await request(input);
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
