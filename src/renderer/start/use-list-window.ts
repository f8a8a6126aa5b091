import { useCallback, useEffect, useState } from 'react';
import type { CallInput, CallOutput } from '../../bridge/contract.ts';
import { DeskRefusal } from '../bridge/desk-refusal.ts';
import { useDesk } from './desk-context.ts';

type WindowCall = 'waiting.window' | 'held.window';

/** A line that changes faster than a window may ask is refused its last rows too. */
const ASK_AGAIN_MS = 250;

/**
 * Keeps the rows in view as new as their list: asks again whenever the view or the list's version changes. The rows on
 * screen stay until the newer ones are here. `loaded` is the same function every time.
 *
 * @returns what the list calls with the rows that it wants
 */
export function useListWindow<Name extends WindowCall>(
  name: Name,
  version: number | undefined,
  loaded: (window: CallOutput<Name> & { from: number }) => void,
): (from: number, to: number) => void {
  const desk = useDesk();
  const [view, setView] = useState<{ from: number; to: number } | null>(null);

  useEffect(() => {
    if (version === undefined || view === null) return;
    let isCurrent = true;
    let again: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      desk
        .call(name, view as CallInput<Name>)
        .then((window) => {
          if (isCurrent) loaded({ ...window, from: view.from });
        })
        // The next change of the list, or of the view, asks again what fails otherwise.
        .catch((error: unknown) => {
          const isRefused = error instanceof DeskRefusal && error.body.code === 'TOO_MANY_REQUESTS';
          if (isCurrent && isRefused) again = setTimeout(ask, ASK_AGAIN_MS);
        });
    };
    ask();
    return () => {
      isCurrent = false;
      clearTimeout(again);
    };
  }, [desk, name, loaded, version, view]);

  return useCallback((from: number, to: number) => setView({ from, to }), []);
}
