import { useEffect, useRef, type RefObject } from 'react';
import { useDeskState } from '../../start/desk-context.ts';

/**
 * The row from which "Liberar" was opened is often gone when its dialog closes, and the focus with it: the keyboard stays
 * in the list then.
 *
 * @returns what holds the list
 */
export function useFocusAfterDialog(): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const isOpen = useDeskState(({ dialog }) => dialog?.type === 'freeTicket');
  useEffect(() => {
    const holder = place.current;
    if (!isOpen) return;
    return () => {
      // After the dialog itself has given the focus back, which it does in the next frame.
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        holder?.querySelector<HTMLElement>('[role="list"]')?.focus({ preventScroll: true });
      });
    };
  }, [isOpen]);
  return place;
}
