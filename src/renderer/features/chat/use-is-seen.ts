import { useSyncExternalStore } from 'react';

/** Whether somebody can be reading this window: it is on the screen, and has the keyboard. */
export function useIsSeen(): boolean {
  return useSyncExternalStore(subscribe, isSeen);
}

const EVENTS = ['focus', 'blur'] as const;

const isSeen = (): boolean => document.visibilityState === 'visible' && document.hasFocus();

function subscribe(listener: () => void): () => void {
  for (const name of EVENTS) window.addEventListener(name, listener);
  document.addEventListener('visibilitychange', listener);
  return () => {
    for (const name of EVENTS) window.removeEventListener(name, listener);
    document.removeEventListener('visibilitychange', listener);
  };
}
