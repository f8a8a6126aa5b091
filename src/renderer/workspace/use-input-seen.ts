import { useEffect } from 'react';
import { useDesk } from '../start/desk-context.ts';

const PAUSE_MS = 1_000;
const INPUTS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/** Tells the desk that somebody is here, at most once a second. */
export function useInputSeen(): void {
  const desk = useDesk();
  useEffect(() => {
    let toldAt = -PAUSE_MS;
    const handleInput = (): void => {
      const now = performance.now();
      if (now - toldAt < PAUSE_MS) return;
      toldAt = now;
      // Whoever is not heard now is heard with the next input.
      desk.call('input.seen', {}).catch(() => {});
    };
    for (const input of INPUTS) window.addEventListener(input, handleInput, { passive: true });
    return () => {
      for (const input of INPUTS) window.removeEventListener(input, handleInput);
    };
  }, [desk]);
}
