import type { DisplayState, TurnState } from '../../protocol/http/public-api.ts';
import { displayState } from '../queries/display-state.ts';
import { guestStates, type GuestView } from '../queries/guest-states.ts';
import { turnStates } from '../queries/turn-state.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readBranch } from '../store/service-rows.ts';
import { readStreamBounds } from '../store/stream-rows.ts';
import { createBranchViews, type BranchViews } from './branch-views.ts';

const DISPLAY_PAUSE_MS = 100;
/** Also the longest that a phone waits for its first state while others watch the same branch. */
const TURN_PAUSE_MS = 500;
/** Minutes that somebody is likely to wait. */
const REFRESH_MS = 10_000;
/** A call begins with it. */
const GUEST_PAUSE_MS = 20;
/** Of guests only the guess how long they wait moves with the clock. */
const GUEST_REFRESH_MS = 30_000;

/** What customers' pages may watch. */
export interface PublicViews {
  /** The item is the branch itself. */
  displays: BranchViews<DisplayState>;
  /** The items are tickets. */
  turns: BranchViews<TurnState>;
  /** The items are tickets too. */
  guests: BranchViews<GuestView>;
}

export function createPublicViews(context: ServerContext): PublicViews {
  const { hub, log, store } = context;
  const readSeq = async (stream: string): Promise<number> => (await readStreamBounds(store.db, stream)).last;
  return {
    displays: createBranchViews({
      hub,
      log,
      readSeq,
      pauseMs: DISPLAY_PAUSE_MS,
      refreshMs: REFRESH_MS,
      read: async (branchId) => {
        const branch = await readBranch(store.db, branchId);
        return new Map(branch && [[branchId, await displayState(context, branch)]]);
      },
    }),
    turns: createBranchViews({
      hub,
      log,
      readSeq,
      pauseMs: TURN_PAUSE_MS,
      refreshMs: REFRESH_MS,
      read: (branchId, ticketIds) => turnStates(context, branchId, ticketIds),
    }),
    guests: createBranchViews({
      hub,
      log,
      readSeq,
      pauseMs: GUEST_PAUSE_MS,
      refreshMs: GUEST_REFRESH_MS,
      read: (branchId, ticketIds) => guestStates(context, branchId, ticketIds),
    }),
  };
}
