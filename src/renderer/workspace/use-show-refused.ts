import { useEffect } from 'react';
import { useDeskServices } from '../start/desk-context.ts';
import { isTyping } from '../start/is-typing.ts';

/** What was refused comes into column 3 by itself, but never moves a field in which the agent is writing. */
export function useShowRefused(): void {
  const { store } = useDeskServices();
  useEffect(() => {
    const showWhenFree = (): void => {
      const { outbox, isRefusedShown, showRefused } = store.getState();
      const hasRefused = (outbox?.refused.length ?? 0) > 0;
      const { activeElement } = document;
      const isInTheWay = isTyping(activeElement) && activeElement?.closest('[data-column=customer]') !== null;
      if (hasRefused !== isRefusedShown && !(hasRefused && isInTheWay)) showRefused(hasRefused);
    };
    showWhenFree();
    const stop = store.subscribe(({ outbox }, before) => {
      if (outbox !== before.outbox) showWhenFree();
    });
    document.addEventListener('focusin', showWhenFree);
    return () => {
      stop();
      document.removeEventListener('focusin', showWhenFree);
    };
  }, [store]);
}
