import { createStore, type StoreApi } from 'zustand';
import { createCurrentSlice, type CurrentSlice } from './current-slice.ts';
import { createFloatingSlice, type FloatingSlice } from './floating-slice.ts';
import { createHandledSlice, type HandledSlice } from './handled-slice.ts';
import { createHeldSlice, type HeldSlice } from './held-slice.ts';
import { createLineSlice, type LineSlice } from './line-slice.ts';
import { createOpenedSlice, type OpenedSlice } from './opened-slice.ts';
import { createOutboxSlice, type OutboxSlice } from './outbox-slice.ts';
import { createPipeSlice, type PipeSlice } from './pipe-slice.ts';
import { createPreferencesSlice, type PreferencesSlice } from './preferences-slice.ts';
import { createRoomSlice, type RoomSlice } from './room-slice.ts';
import { createScreenSlice, type ScreenSlice } from './screen-slice.ts';
import { createSessionSlice, type SessionSlice } from './session-slice.ts';
import { createShiftSlice, type ShiftSlice } from './shift-slice.ts';
import { createStatusSlice, type StatusSlice } from './status-slice.ts';
import { createUploadsSlice, type UploadsSlice } from './uploads-slice.ts';
import { createTransferSlice, type TransferSlice } from './transfer-slice.ts';
import { createWaitingSlice, type WaitingSlice } from './waiting-slice.ts';
import { createWritingSlice, type WritingSlice } from './writing-slice.ts';
import { createWritingsSlice, type WritingsSlice } from './writings-slice.ts';

/** What the screen shows: a mirror of the desk's facts, and what the agent looks at and is writing. Nothing here is a rule. */
export type DeskState = CurrentSlice &
  FloatingSlice &
  HandledSlice &
  HeldSlice &
  LineSlice &
  OpenedSlice &
  OutboxSlice &
  PipeSlice &
  PreferencesSlice &
  RoomSlice &
  ScreenSlice &
  SessionSlice &
  ShiftSlice &
  StatusSlice &
  UploadsSlice &
  TransferSlice &
  WaitingSlice &
  WritingSlice &
  WritingsSlice;

export type DeskStore = StoreApi<DeskState>;

export function createDeskStore(): DeskStore {
  return createStore<DeskState>()((...parts) => ({
    ...createCurrentSlice(...parts),
    ...createFloatingSlice(...parts),
    ...createHandledSlice(...parts),
    ...createHeldSlice(...parts),
    ...createLineSlice(...parts),
    ...createOpenedSlice(...parts),
    ...createOutboxSlice(...parts),
    ...createPipeSlice(...parts),
    ...createPreferencesSlice(...parts),
    ...createRoomSlice(...parts),
    ...createScreenSlice(...parts),
    ...createSessionSlice(...parts),
    ...createShiftSlice(...parts),
    ...createStatusSlice(...parts),
    ...createUploadsSlice(...parts),
    ...createTransferSlice(...parts),
    ...createWaitingSlice(...parts),
    ...createWritingSlice(...parts),
    ...createWritingsSlice(...parts),
  }));
}
