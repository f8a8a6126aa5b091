import type { StateCreator } from 'zustand';
import type { RoomFact } from '../../bridge/facts.ts';
import type { TicketId } from '../../protocol/ids.ts';
import type { GuestLink } from '../../protocol/video/guest-link.ts';

export interface RoomSlice {
  /** Null until the desk has told it. */
  room: RoomFact | null;
  /** The link that this window has made last, and not revoked. */
  invitation: { ticketId: TicketId; link: GuestLink } | null;
  roomChanged: (fact: RoomFact) => void;
  invited: (invitation: RoomSlice['invitation']) => void;
}

export const createRoomSlice: StateCreator<RoomSlice> = (set) => ({
  room: null,
  invitation: null,
  roomChanged: (room) => set({ room }),
  invited: (invitation) => set({ invitation }),
});
