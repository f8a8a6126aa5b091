import { useSyncExternalStore } from 'react';
import type { TicketId } from '../../../protocol/ids.ts';
import { useDeskServices } from '../../start/desk-context.ts';
import type { OpenVideo } from './video.ts';

/** The video of this ticket, if it is open at this desk. */
export function useVideo(ticketId: TicketId): OpenVideo | null {
  const { video } = useDeskServices();
  const open = useSyncExternalStore(video.subscribe, video.get);
  return open?.ticketId === ticketId ? open : null;
}
