import { useEffect, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';
import { FloatingView } from './floating-view.tsx';

/** Draws the call into its small window for as long as both are there, whatever the agent looks at in the large one. */
export function FloatingCall() {
  const { video: service } = useDeskServices();
  const floating = useDeskState((state) => state.floating);
  const ticket = useDeskState(({ current }) => current?.ticket ?? null);
  const video = useSyncExternalStore(service.subscribe, service.get);
  const isOver = video === null || ticket?.header.id !== video.ticketId;

  useEffect(() => {
    if (floating === null) return;
    // A page that goes leaves no window behind whose buttons do nothing.
    const close = (): void => floating.close();
    window.addEventListener('pagehide', close);
    return () => window.removeEventListener('pagehide', close);
  }, [floating]);
  useEffect(() => {
    if (isOver) floating?.close();
  }, [floating, isOver]);

  if (floating === null || isOver) return null;
  return createPortal(<FloatingView ticket={ticket} video={video} />, floating.document.body);
}
