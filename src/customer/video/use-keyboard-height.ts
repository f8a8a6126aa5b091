import { useSyncExternalStore } from 'react';

/**
 * Height in CSS pixels that a phone's keyboard takes from the lower edge of the page without telling it (Safari): what stands there
 * has to move up. 0 where the browser makes the page smaller itself.
 */
export function useKeyboardHeight(): number {
  return useSyncExternalStore(subscribe, height);
}

function height(): number {
  const { visualViewport } = window;
  if (!visualViewport) return 0;
  return Math.max(0, Math.round(window.innerHeight - visualViewport.height - visualViewport.offsetTop));
}

function subscribe(listener: () => void): () => void {
  const { visualViewport } = window;
  visualViewport?.addEventListener('resize', listener);
  visualViewport?.addEventListener('scroll', listener);
  return () => {
    visualViewport?.removeEventListener('resize', listener);
    visualViewport?.removeEventListener('scroll', listener);
  };
}
