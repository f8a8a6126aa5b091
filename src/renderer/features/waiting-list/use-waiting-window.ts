import { useCallback, useEffect, useState } from 'react';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';

/**
 * Keeps the rows in view as new as the line: asks again whenever the view or the line's version changes. The rows on
 * screen stay until the newer ones are here.
 *
 * @returns what the list calls with the rows that it wants
 */
export function useWaitingWindow(): (from: number, to: number) => void {
  const { desk, store } = useDeskServices();
  const version = useDeskState(({ waiting }) => waiting?.version);
  const [view, setView] = useState<{ from: number; to: number } | null>(null);

  useEffect(() => {
    if (version === undefined || view === null) return;
    let isCurrent = true;
    desk
      .call('waiting.window', view)
      .then((window) => {
        if (isCurrent) store.getState().waitingWindowLoaded({ ...window, from: view.from });
      })
      // The next change of the line, or of the view, asks again.
      .catch(() => {});
    return () => {
      isCurrent = false;
    };
  }, [desk, store, version, view]);

  return useCallback((from: number, to: number) => setView({ from, to }), []);
}
