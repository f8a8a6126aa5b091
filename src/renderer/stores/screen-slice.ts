import type { StateCreator } from 'zustand';
import type { ConsoleTab } from '../../domain/views/console-tab.ts';
import type { ScreenSource } from '../../bridge/screen-source.ts';
import type { ActCustomer } from '../../bridge/act.ts';
import type { AttentionId, CommandId, ServiceId, TicketId } from '../../protocol/ids.ts';
import type { ReadinessCause } from '../../protocol/video/readiness.ts';

/** A dialog over the workspace, with what it is about. */
export type OpenDialog =
  | { type: 'createTicket' }
  /** `customer`, `serviceId` and `replaces` when a refused act is taken up again. */
  | { type: 'attendNow'; serviceId: ServiceId | null; customer: ActCustomer; replaces?: readonly CommandId[] }
  | { type: 'transfer'; ticketId: TicketId; turnCode: string; serviceId: ServiceId; isInHand: boolean }
  /** The video in hand, to a colleague or to another service. */
  | { type: 'transferCall'; ticketId: TicketId; turnCode: string; serviceId: ServiceId }
  | { type: 'cancelTicket'; ticketId: TicketId; turnCode: string }
  | { type: 'requeueTicket'; ticketId: TicketId; turnCode: string }
  /** `silentSince` as it was when the dialog was opened. */
  | {
      type: 'freeTicket';
      ticketId: TicketId;
      turnCode: string;
      attentionId: AttentionId;
      holderName: string;
      silentSince: number | null;
    }
  | { type: 'finishWithNote'; ticketId: TicketId; turnCode: string }
  | { type: 'blockGuest'; ticketId: TicketId; turnCode: string }
  | { type: 'inviteGuest'; ticketId: TicketId; turnCode: string }
  | { type: 'videoSettings' }
  | { type: 'shareScreen'; sources: readonly ScreenSource[] }
  | { type: 'callNotReady'; ticketId: TicketId; turnCode: string; cause: ReadinessCause | null }
  | { type: 'preferences' }
  | { type: 'shortcuts' }
  | { type: 'signOut' };

/** What the agent looks at: chosen here, known to nobody else. */
export interface ScreenSlice {
  tab: ConsoleTab;
  /** In the tab Atendiendo: my tickets, or those in attention in the branch; null until chosen. */
  attendingList: 'own' | 'branch' | null;
  /** The ticket opened from a list; null shows the attention in hand or the idle screen. */
  openedTicketId: TicketId | null;
  /** The ticket that a link from outside has just named, until the workspace has taken it. */
  linkedTicketId: TicketId | null;
  /** Column 3 shows what waits to be sent instead of the customer. */
  isOutboxShown: boolean;
  /** What was refused stands at the head of column 3. */
  isRefusedShown: boolean;
  /** The attention whose T&C stand in column 3; null for none. */
  termsAttentionId: AttentionId | null;
  dialog: OpenDialog | null;
  showTab: (tab: ConsoleTab) => void;
  showAttendingList: (list: 'own' | 'branch') => void;
  openTicket: (ticketId: TicketId | null) => void;
  ticketLinked: (ticketId: TicketId | null) => void;
  showOutbox: (isShown: boolean) => void;
  showRefused: (isShown: boolean) => void;
  showTerms: (attentionId: AttentionId) => void;
  closeTerms: () => void;
  openDialog: (dialog: OpenDialog) => void;
  closeDialog: () => void;
}

export const createScreenSlice: StateCreator<ScreenSlice> = (set) => ({
  tab: 'waiting',
  attendingList: null,
  openedTicketId: null,
  linkedTicketId: null,
  isOutboxShown: false,
  isRefusedShown: false,
  termsAttentionId: null,
  dialog: null,
  showTab: (tab) => set({ tab }),
  showAttendingList: (attendingList) => set({ attendingList }),
  openTicket: (openedTicketId) => set({ openedTicketId }),
  ticketLinked: (linkedTicketId) => set({ linkedTicketId }),
  showOutbox: (isOutboxShown) => set({ isOutboxShown }),
  showRefused: (isRefusedShown) => set({ isRefusedShown }),
  // Both stand in the same column.
  showTerms: (termsAttentionId) => set({ termsAttentionId, isOutboxShown: false }),
  closeTerms: () => set({ termsAttentionId: null }),
  openDialog: (dialog) => set({ dialog }),
  closeDialog: () => set({ dialog: null }),
});
