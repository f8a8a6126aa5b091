import { useEffect } from 'react';
import { useDeskServices } from '../start/desk-context.ts';
import { isTyping } from '../start/is-typing.ts';

/** A new refusal opens "Pendientes de enviar", once the agent is not writing in column 3 any more. */
export function useOpenOutbox(): void {
  const { store } = useDeskServices();
  useEffect(() => {
    let known = new Set(store.getState().outbox?.refused.map(({ id }) => id));
    let isDue = known.size > 0;
    const openWhenFree = (): void => {
      const { activeElement } = document;
      if (!isDue || (isTyping(activeElement) && activeElement?.closest('[data-column=customer]'))) return;
      isDue = false;
      store.getState().showOutbox(true);
    };
    openWhenFree();
    const stop = store.subscribe(({ outbox }, { outbox: before }) => {
      if (outbox === before) return;
      const ids = outbox?.refused.map(({ id }) => id) ?? [];
      if (ids.some((id) => !known.has(id))) isDue = true;
      known = new Set(ids);
      openWhenFree();
    });
    // `focusout` comes before the focus has arrived elsewhere.
    const handleFocusIn = (): void => openWhenFree();
    document.addEventListener('focusin', handleFocusIn);
    return () => {
      stop();
      document.removeEventListener('focusin', handleFocusIn);
    };
  }, [store]);
}
