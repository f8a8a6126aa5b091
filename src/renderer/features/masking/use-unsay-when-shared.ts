import { useEffect } from 'react';
import { useDeskServices } from '../../start/desk-context.ts';
import { useIsShared } from './use-is-shared.ts';

/** What passing notices said before anybody looked on may name others: it goes when sharing begins (SPEC MK3). */
export function useUnsayWhenShared(): void {
  const { toasts } = useDeskServices();
  const isShared = useIsShared();
  useEffect(() => {
    if (!isShared) return;
    for (const { id } of toasts.current()) toasts.dismiss(id);
  }, [isShared, toasts]);
}
