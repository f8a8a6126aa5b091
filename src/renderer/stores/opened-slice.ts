import type { StateCreator } from 'zustand';
import type { TicketView } from '../../bridge/facts.ts';

export interface OpenedSlice {
  /** The ticket that was opened last, as the desk told it. */
  opened: TicketView | null;
  ticketOpened: (ticket: TicketView) => void;
}

export const createOpenedSlice: StateCreator<OpenedSlice> = (set) => ({
  opened: null,
  ticketOpened: (opened) => set({ opened }),
});
