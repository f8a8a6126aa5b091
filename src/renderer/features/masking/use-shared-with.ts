import { useSyncExternalStore } from 'react';
import type { TicketId } from '../../../protocol/ids.ts';
import { useDeskServices } from '../../start/desk-context.ts';

/** The ticket whose customer may see this screen now; null while nobody does. */
export function useSharedWith(): TicketId | null {
  const { video } = useDeskServices();
  return useSyncExternalStore(video.subscribe, () => {
    const open = video.get();
    return open !== null && open.shared !== null ? open.ticketId : null;
  });
}
